// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;

/** Any thread. Keys as the log shows them: not too long, and without what disturbs a terminal. */
public final class KeyText {
    private static final int BYTES_MAX = 128;

    private KeyText() {}

    public static String of(long address, int length) {
        byte[] bytes = new byte[Math.min(length, BYTES_MAX)];
        Memory.copy(address, bytes, 0, bytes.length);
        return of(bytes, length);
    }

    /** The same of something else that a file holds. */
    public static String of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    private static String of(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder();
        String raw =
                new String(
                        bytes, 0, Math.min(bytes.length, BYTES_MAX), StandardCharsets.ISO_8859_1);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return length > BYTES_MAX ? text + "..." : text.toString();
    }
}
