// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.kernel.replication.replica.PsyncReply.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every answer that a primary may give, and some that it must not. */
final class PsyncReplyTest {
    private static final String ID = "0123456789012345678901234567890123456789";

    @Test
    void allDataFollowsWithItsPlaceInTheHistory() {
        PsyncReply reply = PsyncReply.of("+FULLRESYNC " + ID + " 4711");
        assertEquals(Kind.FULL, reply.kind());
        assertEquals(ID, reply.id());
        assertEquals(4711, reply.offset());
    }

    @Test
    void allDataFollowsFromAPlaceThatIsNotUnderstood() {
        List<String> bad =
                List.of(
                        "+FULLRESYNC",
                        "+FULLRESYNC " + ID,
                        "+FULLRESYNC " + ID + " x",
                        "+FULLRESYNC short 1",
                        "+FULLRESYNC " + ID + " 9999999999999999999");
        for (String line : bad) {
            PsyncReply reply = PsyncReply.of(line);
            assertEquals(Kind.FULL, reply.kind(), line);
            assertNull(reply.id(), line);
            assertEquals(-1, reply.offset(), line);
        }
    }

    @Test
    void theStreamGoesOnUnderTheSameOrAnotherName() {
        assertNull(PsyncReply.of("+CONTINUE").id());
        assertEquals(ID, PsyncReply.of("+CONTINUE " + ID).id());
        assertNull(PsyncReply.of("+CONTINUE short").id());
        assertEquals(Kind.CONTINUE, PsyncReply.of("+CONTINUE short").kind());
    }

    @Test
    void thePrimaryCannotNowOrNotAtAll() {
        assertEquals(Kind.LATER, PsyncReply.of("-NOMASTERLINK Can't SYNC").kind());
        assertEquals(Kind.LATER, PsyncReply.of("-LOADING Valkey is loading").kind());
        assertEquals(Kind.NOT_SUPPORTED, PsyncReply.of("-ERR unknown command").kind());
        assertEquals(Kind.NOT_SUPPORTED, PsyncReply.of("hello").kind());
        assertEquals(Kind.DUAL_CHANNEL, PsyncReply.of("+DUALCHANNELSYNC").kind());
    }
}
