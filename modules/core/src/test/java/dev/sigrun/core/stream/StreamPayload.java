// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.testkit.DumpForge;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Puts payloads of streams together by hand, part by part. Confined to one thread. */
final class StreamPayload {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final String pattern;

    /**
     * Begins a payload.
     *
     * @param pattern any payload, for its version
     */
    StreamPayload(String pattern, int layout) {
        this.pattern = pattern;
        body.write(layout);
    }

    String seal() {
        return DumpForge.seal(pattern, body.toByteArray());
    }

    /** Numbers of less than 64, in a byte each. */
    StreamPayload lengths(int... values) {
        for (int value : values) {
            body.write(value);
        }
        return this;
    }

    /** A number of 64 bits where a length stands. */
    StreamPayload longLength(long value) {
        body.write(0x81);
        body.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    StreamPayload time(long millis) {
        body.writeBytes(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(millis)
                        .array());
        return this;
    }

    StreamPayload id(long ms, long seq) {
        body.writeBytes(ByteBuffer.allocate(2 * Long.BYTES).putLong(ms).putLong(seq).array());
        return this;
    }

    StreamPayload text(String content) {
        return string(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    StreamPayload string(byte[] content) {
        if (content.length < 64) {
            body.write(content.length);
        } else {
            body.write(0x40 | content.length >> 8);
            body.write(content.length);
        }
        body.writeBytes(content);
        return this;
    }

    /** A node under an identifier. */
    StreamPayload node(long ms, long seq, byte[] listpack) {
        byte[] key = ByteBuffer.allocate(2 * Long.BYTES).putLong(ms).putLong(seq).array();
        return string(key).string(listpack);
    }

    /** A listpack: numbers of up to 127 and texts of up to 63 bytes. */
    static byte[] listpack(Object... elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, (byte) elements.length, 0});
        for (Object element : elements) {
            if (element instanceof Integer number) {
                out.write(number);
                out.write(1);
            } else {
                byte[] text = element.toString().getBytes(StandardCharsets.ISO_8859_1);
                out.write(0x80 | text.length);
                out.writeBytes(text);
                out.write(text.length + 1);
            }
        }
        out.write(0xff);
        byte[] listpack = out.toByteArray();
        listpack[0] = (byte) listpack.length;
        return listpack;
    }
}
