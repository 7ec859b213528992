// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.MurmurLayer;
import dev.sigrun.bloom.filter.RedisFilter;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.RdbException;

/**
 * Owner thread only. The argument of {@code BF.LOAD} for a filter that came from RedisBloom: a
 * version byte of our own, and then the parts of {@link RedisLayout} in 8 bytes each, strings after
 * their length.
 *
 * <p>Deviation: valkey-bloom has nothing of the kind. Without it such a filter would be lost when
 * the append-only file is rewritten.
 */
public final class RedisBlob {
    /** First byte; far from the versions that valkey-bloom counts up. */
    public static final int VERSION = 0x84;

    private static final long HEADER_BYTES = 1 + 4 * Long.BYTES;
    private static final long LAYER_BYTES = 8 * Long.BYTES;

    private RedisBlob() {}

    /** The argument that makes the filter again. */
    public static byte[] encode(RedisFilter filter) {
        long bytes = HEADER_BYTES;
        for (int i = 0; i < filter.layers(); i++) {
            bytes += LAYER_BYTES + filter.layer(i).string().bytes();
        }
        BlobWriter out =
                new BlobWriter(bytes)
                        .octet(VERSION)
                        .unsigned(filter.items())
                        .unsigned(filter.layers())
                        .unsigned(filter.options())
                        .unsigned(filter.growth());
        for (int i = 0; i < filter.layers(); i++) {
            MurmurLayer layer = filter.layer(i);
            MurmurLayer.Facts facts = layer.facts();
            out.unsigned(facts.capacity())
                    .dbl(facts.errorRate())
                    .unsigned(facts.hashes())
                    .dbl(facts.bitsPerItem())
                    .unsigned(facts.bits())
                    .unsigned(facts.log2())
                    .string(layer.string())
                    .unsigned(layer.items());
        }
        return out.bytes();
    }

    /**
     * The filter that an argument describes.
     *
     * @param limit bytes that the filter may count for
     * @throws RdbException when the argument is damaged
     * @throws CommandException when it is well-formed but refused
     */
    public static RedisFilter decode(Bytes blob, OffHeap memory, Totals totals, long limit)
            throws RdbException, CommandException {
        BlobReader in = new BlobReader(blob);
        Checks.that(in.octet() == VERSION, "another version");
        RedisFilter filter;
        try {
            filter = RedisLayout.read(in, memory, totals, RedisLayout.VERSION_MAX);
        } catch (OutOfMemoryError full) {
            throw Errors.OUT_OF_MEMORY;
        }
        if (!in.isAtEnd() || filter.sizeBytes() > limit) {
            final boolean damaged = !in.isAtEnd();
            filter.free(memory);
            Checks.that(!damaged, "bytes left over");
            throw Errors.TOO_LARGE;
        }
        return filter;
    }
}
