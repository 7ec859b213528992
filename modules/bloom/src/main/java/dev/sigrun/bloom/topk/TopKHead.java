// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Owner thread only. What goes before the buckets of a sketch through commands, in little-endian
 * numbers: version, k, width, depth, decay, what chance goes on from, the number of names, of 64
 * bits each; then for each name length and count of 32 bits, and the name. The commands are not
 * RedisBloom's, which has none for it.
 */
final class TopKHead {
    private static final long VERSION = 1;
    private static final int FIXED_BYTES = 7 * Long.BYTES;
    private static final int NAME_BYTES = 2 * Integer.BYTES;

    private TopKHead() {}

    static byte[] of(TopK sketch) {
        Ranking ranking = sketch.ranking();
        TopKShape shape = sketch.shape();
        int[] order = ranking.order();
        int bytes = FIXED_BYTES;
        for (int i : order) {
            bytes = Math.addExact(bytes, NAME_BYTES + ranking.length(i));
        }
        ByteBuffer head =
                ByteBuffer.allocate(bytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(VERSION)
                        .putLong(shape.places())
                        .putLong(shape.width())
                        .putLong(shape.depth())
                        .putDouble(shape.decay())
                        .putLong(sketch.state())
                        .putLong(order.length);
        for (int i : order) {
            head.putInt(ranking.length(i)).putInt((int) ranking.count(i)).put(ranking.name(i));
        }
        return head.array();
    }

    /** The shape that a head tells of; nothing else in it has been looked at. */
    static TopKShape shape(Bytes head) throws CommandException {
        if (head.length() < FIXED_BYTES || head.longAt(0) != VERSION) {
            throw TopKErrors.BAD_CHUNK;
        }
        TopKShape shape =
                TopKShape.checked(
                        head.longAt(8),
                        head.longAt(16),
                        head.longAt(24),
                        Double.longBitsToDouble(head.longAt(32)));
        if (shape == null) {
            throw TopKErrors.BAD_CHUNK;
        }
        return shape;
    }

    /** A sketch with this head and empty buckets. */
    static TopK read(Census census, OffHeap memory, Bytes head, TopKShape shape)
            throws CommandException {
        Ranking ranking = new Ranking(shape.places());
        boolean isWhole = false;
        try {
            names(memory, head, ranking);
            TopK sketch =
                    new TopK(shape, census, new Pages(shape.bytes()), ranking, head.longAt(40));
            isWhole = true;
            return sketch;
        } finally {
            if (!isWhole) {
                ranking.free(memory);
            }
        }
    }

    private static void names(OffHeap memory, Bytes head, Ranking ranking) throws CommandException {
        long names = head.longAt(48);
        long at = head.address() + FIXED_BYTES;
        final long end = head.address() + head.length();
        check(names >= 0 && names <= ranking.places());
        for (long i = 0; i < names; i++) {
            check(end - at >= NAME_BYTES);
            int length = Raw.getInt(at);
            int count = Raw.getInt(at + Integer.BYTES);
            at += NAME_BYTES;
            check(length >= 0 && length <= end - at && count != 0);
            Block name = Block.allocate(memory, Math.max(1, length));
            Raw.copy(at, name.address(), length);
            ranking.append(name, length, TopK.print(at, length), Integer.toUnsignedLong(count));
            at += length;
        }
        check(at == end);
    }

    private static void check(boolean holds) throws CommandException {
        if (!holds) {
            throw TopKErrors.BAD_CHUNK;
        }
    }
}
