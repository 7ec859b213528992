// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What goes before the counters of a sketch through commands: four little-endian numbers of 64
 * bits, which are version, width, depth and total. The commands are not RedisBloom's, which has
 * none for it. Any thread.
 */
record CmsHead(long width, long depth, long total) {
    private static final long VERSION = 1;
    private static final int BYTES = 4 * Long.BYTES;

    static byte[] of(CountMinSketch sketch) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(VERSION)
                .putLong(sketch.width())
                .putLong(sketch.depth())
                .putLong(sketch.total())
                .array();
    }

    /** What a head says, checked for being one. */
    static CmsHead read(Bytes content) throws CommandException {
        if (content.length() != BYTES || content.longAt(0) != VERSION) {
            throw CmsErrors.BAD_CHUNK;
        }
        CmsHead head = new CmsHead(content.longAt(8), content.longAt(16), content.longAt(24));
        if (head.width < 1 || head.depth < 1) {
            throw CmsErrors.BAD_CHUNK;
        }
        return head;
    }
}
