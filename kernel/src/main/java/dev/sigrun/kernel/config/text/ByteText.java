// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.text;

import java.nio.charset.StandardCharsets;

/** Any thread. Converts between text with one char per byte and what people and files use. */
public final class ByteText {
    private ByteText() {}

    /** Byte text as people write it: its bytes read as UTF-8. */
    public static String toPeople(String byteText) {
        for (int i = 0; i < byteText.length(); i++) {
            if (byteText.charAt(i) >= 128) {
                return new String(toBytes(byteText), StandardCharsets.UTF_8);
            }
        }
        return byteText;
    }

    /** What people write, as byte text. */
    public static String fromPeople(String text) {
        return fromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] toBytes(String byteText) {
        return byteText.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String fromBytes(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
