// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a damaged payload makes may be an odd stream, but all commands can cope with it: none fails
 * inside, and nothing is left behind. The server fails the test when it logs an error.
 */
final class StreamHostileTest {
    private static final int ATTEMPTS = 400;

    private static final List<String> TRIALS =
            List.of(
                    "XINFO STREAM k FULL",
                    "XRANGE k - +",
                    "XREVRANGE k + - COUNT 3",
                    "XREAD STREAMS k 0",
                    "XREAD STREAMS k +",
                    "XADD k 1-3 x 1",
                    "XADD k * a 1 b 2",
                    "XADD k 18446744073709551615-* a 1",
                    "XGROUP CREATE k new 0",
                    "XREADGROUP GROUP g c COUNT 2 STREAMS k >",
                    "XREADGROUP GROUP g d STREAMS k 0",
                    "XREADGROUP GROUP new d STREAMS k >",
                    "XPENDING k g",
                    "XAUTOCLAIM k g d 0 0",
                    "XCLAIM k new e 0 1-1 1-2 2-0 FORCE",
                    "XGROUP DELCONSUMER k g c",
                    "XDEL k 1-1 2-0",
                    "XTRIM k MINID 1-2",
                    "XTRIM k MAXLEN 1",
                    "XSETID k 18446744073709551615-18446744073709551615",
                    "XTRIM k MAXLEN 0",
                    "XADD k * a 1",
                    "XACK k g 1-1 1-2",
                    "XGROUP DESTROY k g",
                    "XINFO GROUPS k",
                    "COPY k other REPLACE");

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--stream-node-max-entries", "2").virtualClock();

    @Test
    void allCommandsCopeWithWhateverAPayloadMakes() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        System.out.println("StreamHostileTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RespClient client = SERVER.connect();
        String payload = payload(client);
        int taken = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            String damaged = payload;
            for (int j = random.nextInt(1, 4); j > 0; j--) {
                int at = random.nextInt(1, DumpForge.body(payload).length);
                damaged = DumpForge.flip(damaged, at, 1 << random.nextInt(8));
            }
            if (client.call("RESTORE", "k", "0", damaged).equals("+OK")) {
                taken++;
                tryAll(client, random);
            }
        }
        assertFalse(taken < ATTEMPTS / 20, "too few payloads were taken: " + taken);
        assertEquals(0, SERVER.leftBytes());
    }

    private static String payload(RespClient client) {
        for (String command :
                List.of(
                        "XADD k 1-1 a 1",
                        "XADD k 1-2 b 2 c 3",
                        "XADD k 1-3 a 1",
                        "XADD k 2-0 a 300",
                        "XDEL k 1-3",
                        "XGROUP CREATE k g 0",
                        "XREADGROUP GROUP g c COUNT 2 STREAMS k >",
                        "XREADGROUP GROUP g d STREAMS k >")) {
            client.run(command);
        }
        String payload = client.ask("DUMP", "k").bulk();
        client.call("DEL", "k");
        return payload;
    }

    private static void tryAll(RespClient client, SplittableRandom random) {
        List<String> trials = new ArrayList<>(TRIALS);
        for (int i = trials.size() - 1; i > 0; i--) {
            trials.set(i, trials.set(random.nextInt(i + 1), trials.get(i)));
        }
        for (String trial : trials) {
            Reply reply = client.run(trial);
            assertFalse(reply.toString().contains("internal error"), () -> trial + ": " + reply);
        }
        client.call("DEL", "k", "other");
    }
}
