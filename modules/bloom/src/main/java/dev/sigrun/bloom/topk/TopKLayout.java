// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.bloom.sketch.Layout;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;

/**
 * RedisBloom's layout: unsigned k, width and depth, double decay, the buckets as a string, the list
 * as a string of 24 bytes for each place, and k names with a zero byte behind each.
 *
 * <p>A place is fingerprint and length of 32 bits, 64 bits that were an address in the process that
 * wrote them, a count of 32 bits and 32 that are nothing. In the first place's address we keep what
 * chance goes on from; who reads an address there takes it for that just as well. Writing on any
 * one thread, reading on the owner's.
 */
final class TopKLayout {
    private static final int PLACE_BYTES = 24;
    private static final int AT_LENGTH = 4;
    private static final int AT_STATE = 8;
    private static final int AT_COUNT = 16;

    private TopKLayout() {}

    static void write(TopK sketch, RdbWriter out) {
        TopKShape shape = sketch.shape();
        out.unsigned(shape.places());
        out.unsigned(shape.width());
        out.unsigned(shape.depth());
        out.dbl(shape.decay());
        sketch.buckets().write(out);
        out.string(places(sketch));
        Ranking ranking = sketch.ranking();
        for (int free = ranking.used(); free < shape.places(); free++) {
            out.string(new byte[1]);
        }
        for (int i : ranking.order()) {
            byte[] name = new byte[ranking.length(i) + 1];
            Raw.copyOut(ranking.address(i), name, 0, ranking.length(i));
            out.string(name);
        }
    }

    /**
     * The places of the list as they stand in a file: free ones in front, since they count nothing.
     */
    private static byte[] places(TopK sketch) {
        Ranking ranking = sketch.ranking();
        ByteBuffer places =
                ByteBuffer.allocate(ranking.places() * PLACE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int at = (ranking.places() - ranking.used()) * PLACE_BYTES;
        for (int i : ranking.order()) {
            places.putInt(at, ranking.print(i));
            places.putInt(at + AT_LENGTH, ranking.length(i));
            places.putInt(at + AT_COUNT, (int) ranking.count(i));
            at += PLACE_BYTES;
        }
        places.putLong(AT_STATE, sketch.state());
        return places.array();
    }

    static TopK read(Census census, OffHeap memory, RdbReader in, long bytesMax)
            throws RdbException {
        final TopKShape shape =
                TopKShape.checked(in.unsigned(), in.unsigned(), in.unsigned(), in.dbl());
        Layout.check(shape != null, "A list of top items of an impossible shape.");
        Layout.check(shape.bytes() <= bytesMax, "A list of top items of more bytes than allowed.");
        Bytes content = in.string();
        Layout.check(content.length() == shape.bytes(), "A list of top items with a lying size.");
        Pages buckets = Pages.of(memory, content.address(), shape.bytes());
        Ranking ranking = new Ranking(shape.places());
        boolean isWhole = false;
        try {
            Bytes list = in.string();
            Layout.check(
                    list.length() == shape.places() * PLACE_BYTES,
                    "A list of top items with a lying length.");
            byte[] places = list.copy();
            names(memory, in, ByteBuffer.wrap(places).order(ByteOrder.LITTLE_ENDIAN), ranking);
            long state = ByteBuffer.wrap(places).order(ByteOrder.LITTLE_ENDIAN).getLong(AT_STATE);
            isWhole = true;
            return new TopK(shape, census, buckets, ranking, state);
        } finally {
            if (!isWhole) {
                ranking.free(memory);
                buckets.free(memory);
            }
        }
    }

    private static void names(OffHeap memory, RdbReader in, ByteBuffer places, Ranking ranking)
            throws RdbException {
        Set<Integer> prints = new HashSet<>();
        for (int i = 0; i < ranking.places(); i++) {
            Bytes name = in.string();
            int at = i * PLACE_BYTES;
            int length = places.getInt(at + AT_LENGTH);
            long count = Integer.toUnsignedLong(places.getInt(at + AT_COUNT));
            Layout.check(!name.isEmpty(), "A list of top items with a name that does not end.");
            if (count == 0) {
                continue;
            }
            Layout.check(length == name.length() - 1, "A list of top items with a lying name.");
            int print = TopK.print(name.address(), length);
            Layout.check(print == places.getInt(at), "A list of top items with a false name.");
            Layout.check(
                    prints.add(print) || ranking.find(print, name.address(), length) < 0,
                    "A list of top items with one twice.");
            Block copy = Block.allocate(memory, Math.max(1, length));
            Raw.copy(name.address(), copy.address(), length);
            ranking.append(copy, length, print, count);
        }
    }
}
