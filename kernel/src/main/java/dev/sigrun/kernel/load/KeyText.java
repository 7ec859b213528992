// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;

/** Any thread. Keys as the log shows them: not too long, and without what disturbs a terminal. */
final class KeyText {
    private static final int BYTES_MAX = 128;

    private KeyText() {}

    static String of(long address, int length) {
        byte[] bytes = new byte[Math.min(length, BYTES_MAX)];
        Memory.copy(address, bytes, 0, bytes.length);
        StringBuilder text = new StringBuilder();
        String raw = new String(bytes, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            text.append(c >= ' ' && c < 0x7f ? c : '?');
        }
        return length > BYTES_MAX ? text + "..." : text.toString();
    }
}
