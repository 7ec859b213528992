// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReplicationFeedTest {
    private static final String SELECT_0 = "*2|$6|SELECT|$1|0|";

    private final Arena arena = Arena.ofConfined();
    private final long room = arena.allocate(1 << 16).address();
    private final Replication replication = new Replication("a".repeat(40), 1 << 20);
    private final ReplicationFeed feed = replication.feed();
    private Cursor cursor;

    @BeforeEach
    void begin() {
        replication.backlog().create();
        cursor = replication.backlog().cursor(1);
    }

    @AfterEach
    void freeAll() {
        cursor.close();
        replication.backlog().free();
        arena.close();
    }

    private String stream() {
        int length = cursor.read(room, 1 << 16);
        byte[] bytes = new byte[length];
        Memory.copy(room, bytes, 0, length);
        return new String(bytes, StandardCharsets.US_ASCII).replace("\r\n", "|");
    }

    private static byte[] bytes(String text) {
        return text.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void saysTheDatabaseOnceAndAgainWhenItChanges() {
        feed.feed(0, bytes("*1|$1|a|"));
        feed.feed(0, bytes("*1|$1|b|"));
        feed.feed(11, bytes("*1|$1|c|"));

        assertEquals(SELECT_0 + "*1|$1|a|*1|$1|b|*2|$6|SELECT|$2|11|*1|$1|c|", stream());
    }

    @Test
    void saysTheDatabaseAnewForSomebodyNew() {
        feed.feed(0, bytes("*1|$1|a|"));
        feed.forgetDatabase();
        feed.feed(0, bytes("*1|$1|b|"));

        assertEquals(SELECT_0 + "*1|$1|a|" + SELECT_0 + "*1|$1|b|", stream());
    }

    @Test
    void putsABlockBetweenMultiAndExec() {
        feed.blockBegins();
        feed.feed(0, bytes("*1|$1|a|"));
        feed.feed(0, bytes("*1|$1|b|"));
        feed.blockEnds();

        assertEquals("*1|$5|MULTI|" + SELECT_0 + "*1|$1|a|*1|$1|b|*1|$4|EXEC|", stream());
    }

    @Test
    void leavesOutABlockThatIsForTheFileOnly() {
        feed.blockBegins();
        feed.feed(0, bytes("*1|$1|a|"), Propagation.FILE);
        feed.blockEnds();

        assertEquals("", stream());
    }

    @Test
    void belongsToNobodysDatabase() {
        feed.ping();
        feed.askForAcknowledgement();

        assertEquals("*1|$4|PING|*3|$8|REPLCONF|$6|GETACK|$1|*|", stream());
    }

    @Test
    void tellsOfEveryChange() {
        int[] told = {0};
        feed.listener(() -> told[0]++);

        feed.feed(0, bytes("*1|$1|a|"));
        feed.ping();

        assertEquals(2, told[0]);
    }

    @Test
    void countsWhatNobodyHears() {
        Replication lonely = new Replication("b".repeat(40), 1 << 20);

        assertFalse(lonely.feed().isActive());
        lonely.feed().unheard();

        assertEquals(1, lonely.history().offset());
    }

    @Test
    void passesOnWhatAPrimarySendsByteForByte() {
        replication.follow(new StandingUpstream());

        assertFalse(feed.isActive());
        feed.feed(0, bytes("*1|$3|own|"));
        feed.relay(bytes("*1|$1|x"), 0, 9);
        feed.relay(bytes("|"), 0, 2);

        assertEquals("*1|$1|x|", stream());
        assertEquals(11, replication.history().offset());
    }

    @Test
    void aReplicaCountsWithoutABacklogToo() {
        Replication lonely = new Replication("b".repeat(40), 1 << 20);
        lonely.follow(new StandingUpstream());

        lonely.feed().relay(new byte[7], 0, 7);
        lonely.feed().unheard();

        assertEquals(7, lonely.history().offset());
    }

    @Test
    void startsAnewAsAPrimary() {
        replication.follow(new StandingUpstream());
        replication.follow(null);

        assertTrue(feed.isActive());
        feed.feed(0, bytes("*1|$1|a|"));
        assertEquals(SELECT_0 + "*1|$1|a|", stream());
    }
}
