// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** ZSCAN of a large set, alone and while the set and its scores change. */
final class SortedSetScanTest {
    /** The most that one step brings beyond what was asked for. */
    private static final int BLOCK_MAX = 64;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private void add(String prefix, int from, int to, int score) {
        List<String> words = new ArrayList<>(List.of("ZADD", "k"));
        for (int number = from; number < to; number++) {
            words.add(Integer.toString(score < 0 ? number : score));
            words.add(prefix + number);
        }
        client.ask(words.toArray(String[]::new));
    }

    @Test
    void goesOnlyAsFarAsItWasAsked() {
        add("member", 0, 5000, -1);
        for (int count : new int[] {1, 10, 100, 1000}) {
            Map<String, String> seen = new HashMap<>();
            int pairs = 0;
            int calls = 0;
            String cursor = "0";
            do {
                Reply reply = client.ask("ZSCAN", "k", cursor, "COUNT", "" + count);
                cursor = reply.items().get(0).bulk();
                List<Reply> page = reply.items().get(1).items();
                for (int i = 0; i < page.size(); i += 2) {
                    seen.put(page.get(i).bulk(), page.get(i + 1).bulk());
                }
                assertTrue(page.size() < 2 * (count + BLOCK_MAX), "page of " + page.size());
                pairs += page.size() / 2;
                calls++;
            } while (!cursor.equals("0"));
            assertEquals(5000, pairs);
            assertEquals(5000, seen.size());
            seen.forEach((member, score) -> assertEquals(member, "member" + score));
            assertTrue(calls >= 5000 / (count + BLOCK_MAX));
        }
    }

    @Test
    void aPatternLeavesOthersOut() {
        add("a", 0, 500, 0);
        add("", 0, 500, 0);
        Reply reply = client.ask("ZSCAN", "k", "0", "COUNT", "100000", "MATCH", "a*7");
        assertEquals("0", reply.items().get(0).bulk());
        assertEquals(100, reply.items().get(1).items().size());
        reply = client.ask("ZSCAN", "k", "0", "COUNT", "100000", "MATCH", "4??", "NOSCORES");
        assertEquals(100, reply.items().get(1).items().size());
    }

    @Test
    void whateverIsThereAllTheTimeIsSeenWhateverItsScore() {
        add("kept", 0, 1500, -1);
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 8; round++) {
            Set<String> seen = new HashSet<>();
            String cursor = "0";
            do {
                Reply reply = client.ask("ZSCAN", "k", cursor, "COUNT", "150", "NOSCORES");
                cursor = reply.items().get(0).bulk();
                reply.items().get(1).items().forEach(item -> seen.add(item.bulk()));
                int from = random.nextInt(1300);
                add("kept", from, from + 200, round % 2 == 0 ? 0 : random.nextInt(3000));
                add("other", from, from + 200, random.nextInt(3000));
                if (random.nextBoolean()) {
                    client.ask("ZREMRANGEBYLEX", "k", "[other", "(p");
                    removeOthers();
                }
            } while (!cursor.equals("0"));
            for (int number = 0; number < 1500; number++) {
                assertTrue(seen.contains("kept" + number), "kept" + number);
            }
        }
    }

    private void removeOthers() {
        List<String> words = new ArrayList<>(List.of("ZREM", "k"));
        for (int number = 0; number < 1500; number++) {
            words.add("other" + number);
        }
        client.ask(words.toArray(String[]::new));
    }
}
