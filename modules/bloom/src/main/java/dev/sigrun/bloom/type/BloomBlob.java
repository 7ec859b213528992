// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.bloom.filter.SipLayer;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.RdbException;

/**
 * Owner thread only. The argument of {@code BF.LOAD} as valkey-bloom writes it.
 *
 * <p>A version byte 1, 4 bytes expansion, doubles error rate and tightening ratio, a byte 1 for a
 * random seed or 0, 8 bytes number of layers; for each layer the bit string after its length in 8
 * bytes, 8 bytes number of items, 8 bytes capacity. All little-endian.
 */
public final class BloomBlob {
    /** First byte. */
    public static final int VERSION = 1;

    private static final long HEADER_BYTES = 1 + 4 + 8 + 8 + 1 + 8;
    private static final long LAYER_BYTES = 3 * Long.BYTES;

    private BloomBlob() {}

    /** The argument that makes the filter again. */
    public static byte[] encode(BloomFilter filter) {
        long bytes = HEADER_BYTES;
        for (int i = 0; i < filter.layers(); i++) {
            bytes += LAYER_BYTES + filter.layer(i).string().bytes();
        }
        BlobWriter out =
                new BlobWriter(bytes)
                        .octet(VERSION)
                        .unsignedInt(filter.expansion())
                        .dbl(filter.errorRate())
                        .dbl(filter.tightening())
                        .octet(filter.hasRandomSeed() ? 1 : 0)
                        .unsigned(filter.layers());
        for (int i = 0; i < filter.layers(); i++) {
            SipLayer layer = filter.layer(i);
            out.string(layer.string()).unsigned(layer.items()).unsigned(layer.capacity());
        }
        return out.bytes();
    }

    /**
     * The filter that an argument describes. Looks through the whole of it before it takes memory.
     *
     * @param limit bytes that the filter may count for
     * @throws RdbException when the argument is damaged
     * @throws CommandException when it is well-formed but refused
     */
    public static BloomFilter decode(Bytes blob, OffHeap memory, Totals totals, long limit)
            throws RdbException, CommandException {
        final int layers = scan(blob);
        BlobReader in = new BlobReader(blob);
        BloomFilter filter = BloomFilter.hollow(totals, layers, header(in));
        boolean whole = false;
        try {
            // Deviation: only whole filters are loaded, so the last layer alone may have room.
            in.unsigned();
            for (int i = 0; i < layers; i++) {
                decodeLayer(in, filter, memory);
            }
            if (filter.sizeBytes() > limit) {
                throw Errors.TOO_LARGE;
            }
            whole = true;
            return filter;
        } catch (OutOfMemoryError full) {
            throw Errors.OUT_OF_MEMORY;
        } finally {
            if (!whole) {
                filter.free(memory);
            }
        }
    }

    /** Number of layers in a blob that is whole. */
    private static int scan(Bytes blob) throws RdbException, CommandException {
        BlobReader in = new BlobReader(blob);
        BloomFilter.Header header = header(in);
        final long layers = in.unsigned();
        Checks.that(layers >= 1 && layers <= blob.length() / LAYER_BYTES, "a false layer count");
        for (long i = 0; i < layers; i++) {
            in.string();
            Checks.that(SipLayer.isBitString(in.address(), in.length()), "a damaged bit string");
            in.unsigned();
            in.unsigned();
        }
        Checks.that(in.isAtEnd(), "bytes left over");
        if (!(header.errorRate() > 0 && header.errorRate() < 1)) {
            throw Errors.ERROR_RATE_RANGE;
        }
        if (!(header.tightening() > 0 && header.tightening() < 1)) {
            throw Errors.ERROR_RATE_RANGE;
        }
        return (int) layers;
    }

    private static BloomFilter.Header header(BlobReader in) throws RdbException {
        Checks.that(in.octet() == VERSION, "another version");
        final long expansion = in.unsignedInt();
        final double errorRate = in.dbl();
        final double tightening = in.dbl();
        final int randomSeed = in.octet();
        Checks.that(randomSeed <= 1, "an impossible kind of seed");
        return new BloomFilter.Header(errorRate, tightening, expansion, randomSeed == 1);
    }

    private static void decodeLayer(BlobReader in, BloomFilter filter, OffHeap memory)
            throws RdbException {
        in.string();
        Pages pages = Pages.of(memory, in.address(), in.length());
        boolean kept = false;
        try {
            final long items = in.unsigned();
            final long capacity = in.unsigned();
            kept = filter.append(pages, capacity, items);
            Checks.that(kept, "a layer that makes no sense");
        } finally {
            if (!kept) {
                pages.free(memory);
            }
        }
    }
}
