// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.bloom.fake.FakeOffHeap;
import dev.sigrun.bloom.filter.Filters;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.type.RedisBlob;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.testkit.Quoting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Serialised filters, and the commands that load them. Any thread. */
final class BloomPayload {
    private static final String SEED =
            "590ff522ea7811daa714d8093b3e7bd91d898a733e988887307f97cd28073383";

    /** The bits of the reference's filter for 10 items at 0.01, with "item1" and "item2" in it. */
    private static final String BITS = "e200000002e00b8018000000";

    private BloomPayload() {}

    /** The filter with two items that the reference's library makes, in {@code BF.LOAD}'s form. */
    static byte[] golden() {
        byte[] bitmap =
                HexFormat.of().parseHex("01" + "0c00000000000000" + "07000000" + SEED + BITS);
        ByteBuffer out = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 1).putInt(2).putDouble(0.01).putDouble(0.5).put((byte) 0);
        out.putLong(1).putLong(bitmap.length).put(bitmap).putLong(2).putLong(10);
        byte[] blob = new byte[out.position()];
        out.flip().get(blob);
        return blob;
    }

    /** The command that loads {@link #golden}. */
    static String load(String key) {
        return command(key, golden());
    }

    /** The command that loads a filter of RedisBloom's kind, which is full. */
    static String loadRedis(String key, long items) {
        FakeOffHeap memory = new FakeOffHeap();
        try {
            RedisFilter filter =
                    Filters.redis(memory, new Totals(), 0.01, items, RedisFilter.NO_ROUND);
            Filters.fill(memory, filter, "x", items);
            byte[] blob = RedisBlob.encode(filter);
            filter.free(memory);
            return command(key, blob);
        } catch (CommandException e) {
            throw new AssertionError(e);
        }
    }

    /** The command that loads a filter, on one line. */
    static String command(String key, byte[] blob) {
        return "BF.LOAD "
                + key
                + " "
                + Quoting.quote(new String(blob, StandardCharsets.ISO_8859_1));
    }
}
