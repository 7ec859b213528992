// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.rdb.Crc64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Payloads as {@code DUMP} gives them, damaged on purpose; one char a byte. Any thread. */
public final class DumpForge {
    private static final int VERSION_BYTES = 2;
    private static final int FOOTER_BYTES = VERSION_BYTES + Long.BYTES;

    private DumpForge() {}

    /** The type and the value of a payload, without version and checksum. */
    public static byte[] body(String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(bytes, bytes.length - FOOTER_BYTES);
    }

    /** A payload around another body, with the right checksum. */
    public static String seal(String payload, byte[] body) {
        byte[] original = payload.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer sealed =
                ByteBuffer.allocate(body.length + FOOTER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        sealed.put(body).put(original, original.length - FOOTER_BYTES, VERSION_BYTES);
        sealed.putLong(Crc64.update(0, sealed.array(), 0, sealed.position()));
        return new String(sealed.array(), StandardCharsets.ISO_8859_1);
    }

    /** The payload cut off behind so many bytes of its body. */
    public static String truncate(String payload, int bytes) {
        return seal(payload, Arrays.copyOf(body(payload), bytes));
    }

    /** The payload with some bits of a byte of its body turned. */
    public static String flip(String payload, int index, int mask) {
        byte[] body = body(payload);
        body[index] ^= (byte) mask;
        return seal(payload, body);
    }
}
