// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What goes before the slots of a filter through commands, laid out as RedisBloom does: four
 * little-endian numbers of 64 bits, then three of 16. Any thread.
 */
record CuckooHead(CuckooShape shape, int layers, long items, long deleted) {
    private static final int BYTES = 4 * Long.BYTES + 3 * Short.BYTES;
    private static final int SHORTS = 4 * Long.BYTES;

    static byte[] of(CuckooFilter filter) {
        CuckooShape shape = filter.shape();
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(filter.items())
                .putLong(shape.buckets())
                .putLong(filter.deleted())
                .putLong(filter.layers())
                .putShort((short) shape.slots())
                .putShort((short) shape.moves())
                .putShort((short) shape.expansion())
                .array();
    }

    /** What a head says; null when it is none. */
    static CuckooHead read(Bytes content) {
        if (content.length() != BYTES) {
            return null;
        }
        CuckooShape shape =
                CuckooShape.checked(
                        content.longAt(8),
                        number(content, SHORTS),
                        number(content, SHORTS + 2),
                        number(content, SHORTS + 4));
        long layers = content.longAt(24);
        if (shape == null || layers < 1 || layers > CuckooShape.LAYERS_MAX) {
            return null;
        }
        for (int layer = 0; layer < layers; layer++) {
            if (!shape.isPossible(layer)) {
                return null;
            }
        }
        return new CuckooHead(shape, (int) layers, content.longAt(0), content.longAt(16));
    }

    private static int number(Bytes content, int at) {
        return content.byteAt(at) & 0xff | (content.byteAt(at + 1) & 0xff) << 8;
    }

    /** Bytes of all slots. */
    long bytes() {
        long bytes = 0;
        for (int layer = 0; layer < layers; layer++) {
            bytes += shape.bytes(layer);
        }
        return bytes;
    }
}
