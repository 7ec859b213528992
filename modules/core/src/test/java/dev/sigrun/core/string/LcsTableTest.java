// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.TextBytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LcsTableTest {
    private static final long SEED = Long.getLong("sigrun.test.seed", 20260103L);

    @Test
    void agreesWithTheTextbookTableOnRandomStrings() {
        Random random = new Random(SEED);
        for (int round = 0; round < 400; round++) {
            String a = text(random);
            String b = text(random);
            String message =
                    "-Dsigrun.test.seed=" + SEED + " round " + round + ": " + a + " / " + b;
            int[][] model = model(a, b);
            LcsTable table = LcsTable.of(TextBytes.of(a), TextBytes.of(b), true);
            assertEquals(model[a.length()][b.length()], table.length(), message);
            assertEquals(walk(model, a, b), runs(table), message);
        }
    }

    @Test
    void givesTheLengthWithoutKeepingCells() {
        Random random = new Random(SEED);
        for (int round = 0; round < 100; round++) {
            String a = text(random);
            String b = text(random);
            LcsTable table = LcsTable.of(TextBytes.of(a), TextBytes.of(b), false);
            assertEquals(model(a, b)[a.length()][b.length()], table.length());
        }
    }

    private static String text(Random random) {
        int length = random.nextInt(random.nextBoolean() ? 10 : 200);
        int letters = 1 + random.nextInt(5);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < length; i++) {
            out.append((char) ('a' + random.nextInt(letters)));
        }
        return out.toString();
    }

    private static String runs(LcsTable table) {
        StringBuilder out = new StringBuilder();
        LcsRuns runs = new LcsRuns(table);
        while (runs.next()) {
            out.append(runs.startInA()).append('/').append(runs.startInB());
            out.append('+').append(runs.length()).append(' ');
        }
        return out.toString();
    }

    private static int[][] model(String a, String b) {
        int[][] lengths = new int[a.length() + 1][b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                lengths[i][j] =
                        a.charAt(i - 1) == b.charAt(j - 1)
                                ? lengths[i - 1][j - 1] + 1
                                : Math.max(lengths[i - 1][j], lengths[i][j - 1]);
            }
        }
        return lengths;
    }

    private static String walk(int[][] model, String a, String b) {
        StringBuilder out = new StringBuilder();
        int i = a.length();
        int j = b.length();
        int run = 0;
        while (i > 0 && j > 0) {
            if (a.charAt(i - 1) == b.charAt(j - 1)) {
                i--;
                j--;
                run++;
                continue;
            }
            run = flush(out, i, j, run);
            if (model[i - 1][j] > model[i][j - 1]) {
                i--;
            } else {
                j--;
            }
        }
        flush(out, i, j, run);
        return out.toString();
    }

    private static int flush(StringBuilder out, int i, int j, int run) {
        if (run > 0) {
            out.append(i).append('/').append(j).append('+').append(run).append(' ');
        }
        return 0;
    }
}
