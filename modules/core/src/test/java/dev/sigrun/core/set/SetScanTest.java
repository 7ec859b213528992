// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SSCAN of a large set, alone and while the set grows and shrinks. */
final class SetScanTest {
    /** The most that one step brings beyond what was asked for. */
    private static final int BUCKET_MAX = 32;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private void run(String command, String prefix, int from, int to) {
        List<String> words = new ArrayList<>(List.of(command, "k"));
        for (int number = from; number < to; number++) {
            words.add(prefix + number);
        }
        client.ask(words.toArray(String[]::new));
    }

    @Test
    void goesOnlyAsFarAsItWasAsked() {
        run("SADD", "member", 0, 5000);
        for (int count : new int[] {1, 10, 100, 1000}) {
            List<String> seen = new ArrayList<>();
            String cursor = "0";
            int calls = 0;
            do {
                Reply reply = client.ask("SSCAN", "k", cursor, "COUNT", "" + count);
                cursor = reply.items().get(0).bulk();
                List<Reply> page = reply.items().get(1).items();
                page.forEach(item -> seen.add(item.bulk()));
                assertTrue(page.size() < count + BUCKET_MAX, "page of " + page.size());
                calls++;
            } while (!cursor.equals("0"));
            assertEquals(5000, seen.size());
            assertEquals(5000, new HashSet<>(seen).size());
            assertTrue(calls >= 5000 / (count + BUCKET_MAX));
        }
    }

    @Test
    void aPatternLeavesOthersOut() {
        run("SADD", "a", 0, 500);
        run("SADD", "", 0, 500);
        Reply reply = client.ask("SSCAN", "k", "0", "COUNT", "100000", "MATCH", "a*7");
        assertEquals("0", reply.items().get(0).bulk());
        assertEquals(50, reply.items().get(1).items().size());
        reply = client.ask("SSCAN", "k", "0", "COUNT", "100000", "MATCH", "4??");
        assertEquals(100, reply.items().get(1).items().size());
    }

    @Test
    void whateverIsThereAllTheTimeIsSeen() {
        run("SADD", "kept", 0, 2000);
        int next = 0;
        int oldest = 0;
        for (int round = 0; round < 12; round++) {
            Set<String> seen = new HashSet<>();
            String cursor = "0";
            do {
                Reply reply = client.ask("SSCAN", "k", cursor, "COUNT", "200");
                cursor = reply.items().get(0).bulk();
                reply.items().get(1).items().forEach(item -> seen.add(item.bulk()));
                if (round % 2 == 0) {
                    run("SADD", "other", next, next + 300);
                    next += 300;
                } else if (oldest < next) {
                    run("SREM", "other", oldest, oldest + 300);
                    oldest += 300;
                }
            } while (!cursor.equals("0"));
            for (int number = 0; number < 2000; number++) {
                assertTrue(seen.contains("kept" + number));
            }
        }
    }
}
