// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A scan shows every key that is there from its beginning to its end, whatever else happens. */
final class ScanGuaranteeTest {
    private static final int LASTING = 3000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final RespClient client = SERVER.connect();
    private int nextKey;

    private void write(List<List<String>> commands) {
        for (Reply reply : client.pipeline(commands)) {
            if (reply.isError()) {
                throw new AssertionError(reply);
            }
        }
    }

    private void prepare() {
        SERVER.flush();
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < LASTING; i++) {
            commands.add(List.of("SET", "lasting" + i, "" + i));
        }
        write(commands);
    }

    private void add(int count) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(List.of("SET", "passing" + nextKey++, "x"));
        }
        write(commands);
    }

    private void remove(int count) {
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < count && nextKey > 0; i++) {
            commands.add(List.of("DEL", "passing" + --nextKey));
        }
        write(commands);
    }

    private void assertSeesAll(Runnable betweenSteps) {
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        do {
            Reply reply = client.ask("SCAN", cursor, "COUNT", "50");
            assertFalse(reply.isError(), reply::toString);
            cursor = reply.items().get(0).bulk();
            reply.items().get(1).items().forEach(key -> seen.add(key.bulk()));
            betweenSteps.run();
        } while (!cursor.equals("0"));
        seen.removeIf(key -> !key.startsWith("lasting"));
        assertEquals(LASTING, seen.size());
    }

    @Test
    void whileNothingHappens() {
        prepare();
        assertSeesAll(() -> {});
    }

    @Test
    void whileTheTableGrows() {
        prepare();
        assertSeesAll(() -> add(nextKey < 40_000 ? 1000 : 0));
    }

    @Test
    void whileTheTableShrinks() {
        prepare();
        add(40_000);
        assertSeesAll(() -> remove(1000));
    }

    @Test
    void whileKeysComeAndGo() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        System.out.println("ScanGuaranteeTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 5; round++) {
            prepare();
            nextKey = 0;
            assertSeesAll(() -> {
                if (random.nextBoolean() && nextKey < 20_000) {
                    add(random.nextInt(800));
                } else {
                    remove(random.nextInt(800));
                }
            });
        }
    }
}
