// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Owner thread only. A digest as one argument of {@code TDIGEST.LOAD}, in little-endian numbers of
 * 64 bits: version, compression, smallest and largest value, how often it was compressed; and mean
 * and weight of each centroid. The command is not RedisBloom's, which has none for it.
 */
final class TDigestBlob {
    private static final long VERSION = 1;
    private static final int HEAD_BYTES = 5 * Long.BYTES;
    private static final int CENTROID_BYTES = 2 * Double.BYTES;

    private TDigestBlob() {}

    static byte[] of(TDigest digest) {
        ByteBuffer blob =
                ByteBuffer.allocate(HEAD_BYTES + digest.centroids() * CENTROID_BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(VERSION)
                        .putLong(digest.compression())
                        .putDouble(digest.isEmpty() ? TDigest.NONE_MIN : digest.min())
                        .putDouble(digest.isEmpty() ? TDigest.NONE_MAX : digest.max())
                        .putLong(digest.compressions());
        for (int i = 0; i < digest.centroids(); i++) {
            blob.putDouble(digest.mean(i)).putDouble(digest.weight(i));
        }
        return blob.array();
    }

    /** The compression that a blob tells of; the rest has not been looked at. */
    static long compression(Bytes blob) throws CommandException {
        boolean isBlob =
                blob.length() >= HEAD_BYTES
                        && (blob.length() - HEAD_BYTES) % CENTROID_BYTES == 0
                        && blob.longAt(0) == VERSION;
        long compression = isBlob ? blob.longAt(8) : 0;
        if (compression < 1) {
            throw TDigestErrors.BAD_BLOB;
        }
        return compression;
    }

    static TDigest read(Census census, OffHeap memory, Bytes blob, long compression)
            throws CommandException {
        TDigest digest = TDigest.empty(census, compression);
        boolean isWhole = false;
        try {
            int count = (blob.length() - HEAD_BYTES) / CENTROID_BYTES;
            check(count <= digest.capacity());
            double min = number(blob, 16);
            double max = number(blob, 24);
            check(Double.isFinite(min) && Double.isFinite(max));
            digest.assume(min, max, blob.longAt(32));
            double before = min;
            for (int i = 0; i < count; i++) {
                int at = HEAD_BYTES + i * CENTROID_BYTES;
                double mean = number(blob, at);
                double weight = number(blob, at + Double.BYTES);
                check(mean >= before && mean <= max && weight >= 1 && weight < 0x1p53);
                digest.append(memory, mean, weight);
                before = mean;
            }
            isWhole = true;
            return digest;
        } finally {
            if (!isWhole) {
                digest.free(memory);
            }
        }
    }

    private static double number(Bytes blob, int at) {
        return Double.longBitsToDouble(blob.longAt(at));
    }

    private static void check(boolean holds) throws CommandException {
        if (!holds) {
            throw TDigestErrors.BAD_BLOB;
        }
    }
}
