// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands at random do what a plain model says they do, while time passes. */
final class ModelTest {
    private static final int COMMANDS = 20_000;
    private static final int KEYS = 12;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    @RepeatedTest(3)
    void theServerDoesWhatTheModelDoes(RepetitionInfo repetition) {
        long base = Long.getLong("sigrun.test.seed", 20_261_123);
        long seed = base + repetition.getCurrentRepetition() - 1;
        System.out.println("ModelTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Model model = new Model(SERVER.clock()::unixMillis);
        SERVER.flush();
        RespClient client = SERVER.connect(repetition.getCurrentRepetition() % 2 + 2);
        for (int i = 0; i < COMMANDS; i++) {
            if (random.nextInt(10) == 0) {
                SERVER.clock().advance(random.nextInt(1, 400));
            }
            List<String> command = command(random);
            String reply = client.ask(command.toArray(String[]::new)).toString();
            int step = i;
            assertEquals(
                    model.run(command).replace("\0", "\\x00"),
                    reply,
                    () -> "seed " + seed + ", command " + step + ": " + command);
        }
    }

    private static List<String> command(SplittableRandom random) {
        String key = key(random);
        String other = key(random);
        while (other.equals(key)) {
            other = key(random);
        }
        String value = value(random);
        String millis = Integer.toString(random.nextInt(1, 2000));
        return switch (random.nextInt(30)) {
            case 0 -> List.of("SET", key, value);
            case 1 -> List.of("SET", key, value, "NX");
            case 2 -> List.of("SET", key, value, "XX", "GET");
            case 3 -> List.of("SET", key, value, "KEEPTTL");
            case 4 -> List.of("SET", key, value, "PX", millis);
            case 5 -> List.of("SET", key, value, "PX", millis, "NX");
            case 6 -> List.of("GETDEL", key);
            case 7 -> List.of("GETSET", key, value);
            case 8 -> List.of("GETEX", key, "PX", millis);
            case 9 -> List.of("GETEX", key, "PERSIST");
            case 10 -> List.of("STRLEN", key);
            case 11 -> List.of("APPEND", key, value);
            case 12 -> List.of("SETRANGE", key, "" + random.nextInt(30), value);
            case 13 -> List.of("GETRANGE", key, index(random), index(random));
            case 14, 15 -> List.of("INCRBY", key, "" + random.nextInt(-1000, 1000));
            case 16 -> List.of("DEL", key);
            case 17 -> List.of("DEL", key, other);
            case 18 -> List.of("EXISTS", key);
            case 19 -> List.of("PEXPIRE", key, millis);
            case 20 -> List.of("PEXPIRE", key, "-1");
            case 21 -> List.of("PERSIST", key);
            case 22 -> List.of("PTTL", key);
            case 23 -> List.of("TTL", key);
            case 24 -> List.of("RENAME", key, other);
            case 25 -> List.of("RENAMENX", key, other);
            case 26 -> List.of("COPY", key, other);
            case 27 -> List.of("COPY", key, other, "REPLACE");
            case 28 -> List.of("MSET", key, value, other, value);
            default -> random.nextBoolean() ? List.of("GET", key) : List.of("MGET", key, other);
        };
    }

    private static String key(SplittableRandom random) {
        return "key" + random.nextInt(KEYS);
    }

    private static String index(SplittableRandom random) {
        return Integer.toString(random.nextInt(-20, 40));
    }

    private static String value(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Integer.toString(random.nextInt(-5, 5));
            case 1 -> Long.toString(random.nextLong() / 1000);
            case 2 -> "0" + random.nextInt(10);
            case 3 -> "";
            case 4 -> "long ".repeat(random.nextInt(1, 300));
            default -> "v".repeat(random.nextInt(1, 40));
        };
    }
}
