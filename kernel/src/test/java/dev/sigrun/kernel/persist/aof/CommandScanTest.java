// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CommandScanTest {
    private static final String SET = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2\r\n#b\r\n";
    private static final String MULTI = "*1\r\n$5\r\nMULTI\r\n";
    private static final String EXEC = "*1\r\n$4\r\nexec\r\n";
    private static final String STAMP = "#TS:100\r\n";

    private final StringBuilder kept = new StringBuilder();

    /** Sees a text in pieces of one size. */
    private CommandScan scan(String text, int size) {
        CommandScan scan = new CommandScan(0);
        kept.setLength(0);
        byte[] all = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < all.length; at += size) {
            byte[] piece = Arrays.copyOfRange(all, at, Math.min(at + size, all.length));
            int length = scan.take(piece, piece.length);
            kept.append(new String(piece, 0, length, StandardCharsets.ISO_8859_1));
        }
        return scan;
    }

    @Test
    void annotationsAreLeftOutHoweverThePiecesAreCut() {
        String text = STAMP + SET + STAMP + MULTI + SET + STAMP + EXEC + SET + STAMP;
        for (int size = 1; size <= text.length(); size++) {
            CommandScan scan = scan(text, size);
            assertFalse(scan.isBroken() || scan.isInside() || scan.isInMulti());
            assertEquals(SET + MULTI + SET + EXEC + SET, kept.toString());
            assertEquals(text.length(), scan.validEnd());
        }
    }

    @Test
    void whateverTheLastByteIsTheValidEndIsThatOfACommandOutsideATransaction() {
        String text = SET + STAMP + MULTI + SET + EXEC + SET;
        int beforeMulti = SET.length() + STAMP.length();
        int afterExec = beforeMulti + MULTI.length() + SET.length() + EXEC.length();
        for (int end = 0; end <= text.length(); end++) {
            CommandScan scan = scan(text.substring(0, end), 7);
            int expected =
                    end == text.length()
                            ? end
                            : end >= afterExec
                                    ? afterExec
                                    : end >= beforeMulti
                                            ? beforeMulti
                                            : end >= SET.length() ? SET.length() : 0;
            assertEquals(expected, scan.validEnd(), "cut at " + end);
            boolean isWhole =
                    end == 0
                            || end == SET.length()
                            || end == beforeMulti
                            || end == afterExec
                            || end == text.length();
            assertEquals(isWhole, !scan.isInside() && !scan.isInMulti(), "cut at " + end);
        }
    }

    @Test
    void whatIsNoCommandIsRefused() {
        for (String text :
                new String[] {
                    "x",
                    "*0\r\n",
                    "*a\r\n",
                    "*-1\r\n",
                    "*1\r\nx",
                    "*1\r\n$-1\r\n",
                    "*1\r\n$9999999999999999999\r\n",
                    "#" + "x".repeat(2000),
                    "\0\0"
                }) {
            assertTrue(scan(SET + text, 5).isBroken(), text);
        }
    }

    @Test
    void aLaterTimeEndsTheScanBeforeIt() {
        CommandScan scan = new CommandScan(0);
        scan.until(100);
        byte[] all = (STAMP + SET + "#TS:101\r\n" + SET).getBytes(StandardCharsets.US_ASCII);
        int length = scan.take(all, all.length);
        assertTrue(scan.isTooLate());
        assertEquals(STAMP.length() + SET.length(), scan.validEnd());
        assertEquals(SET.length(), length);
    }
}
