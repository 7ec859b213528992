// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.tdigest;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.memory.OffHeap;

/**
 * Owner thread only, but for reading an image. Means and weights in order of the means, in one
 * block off the heap that grows as they come, and that images share until it changes.
 */
final class Centroids {
    private static final int CENTROID_BYTES = 2 * Double.BYTES;
    private static final int FIRST = 16;

    private Block block;
    private int used;

    /** None. */
    Centroids() {}

    int used() {
        return used;
    }

    double mean(int index) {
        return Raw.getDouble(block.address() + (long) index * CENTROID_BYTES);
    }

    double weight(int index) {
        return Raw.getDouble(block.address() + (long) index * CENTROID_BYTES + Double.BYTES);
    }

    private void put(int index, double mean, double weight) {
        long at = block.address() + (long) index * CENTROID_BYTES;
        Raw.putDouble(at, mean);
        Raw.putDouble(at + Double.BYTES, weight);
    }

    /** Number of centroids with means up to a value. */
    int upTo(double value) {
        int low = 0;
        int high = used;
        while (low < high) {
            int middle = low + high >>> 1;
            if (mean(middle) <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Number of centroids with means below a value. */
    int below(double value) {
        int low = 0;
        int high = used;
        while (low < high) {
            int middle = low + high >>> 1;
            if (mean(middle) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Makes room for more, in a block that nobody else holds. */
    private void own(OffHeap memory, int more) {
        int needed = used + more;
        long bytes = block == null ? 0 : block.bytes();
        boolean fits = needed <= bytes / CENTROID_BYTES;
        if (block != null && fits && !block.isShared()) {
            return;
        }
        long roomy = Math.max(FIRST, needed + (needed >> 2));
        long wanted = fits ? bytes : roomy * CENTROID_BYTES;
        Block fresh = Block.allocate(memory, wanted);
        if (block != null) {
            Raw.copy(block.address(), fresh.address(), (long) used * CENTROID_BYTES);
            block.release(memory);
        }
        block = fresh;
    }

    /** Adds a centroid behind those with means up to its own. */
    void insert(OffHeap memory, double mean, double weight) {
        own(memory, 1);
        int index = upTo(mean);
        long at = block.address() + (long) index * CENTROID_BYTES;
        Raw.copy(at, at + CENTROID_BYTES, (long) (used - index) * CENTROID_BYTES);
        put(index, mean, weight);
        used++;
    }

    /** Makes sure that so many can be added without failing. */
    void reserve(OffHeap memory, int more) {
        own(memory, more);
    }

    /**
     * Joins neighbours until each has about the share that its place allows: little at both ends,
     * much in the middle, by the scale function k1 of the paper.
     *
     * @param compression about how many may be left
     */
    void compress(OffHeap memory, double compression, double total) {
        own(memory, 0);
        double normal = compression / (2 * Math.PI);
        int last = 0;
        double mean = mean(0);
        double weight = weight(0);
        double before = 0;
        double limit = limit(normal, 0) * total;
        for (int i = 1; i < used; i++) {
            double more = weight(i);
            if (before + weight + more <= limit) {
                // A difference of two means may be no number, a weighted sum is always one.
                mean = mean * (weight / (weight + more)) + mean(i) * (more / (weight + more));
                weight += more;
            } else {
                put(last, mean, weight);
                last++;
                before += weight;
                limit = limit(normal, before / total) * total;
                mean = mean(i);
                weight = more;
            }
        }
        put(last, mean, weight);
        used = last + 1;
    }

    /** The share of all values up to which a centroid that begins at a share may reach. */
    private static double limit(double normal, double share) {
        double scale = normal * Math.asin(2 * Math.min(share, 1) - 1) + 1;
        double angle = scale / normal;
        return angle >= Math.PI / 2 ? 1 : (Math.sin(angle) + 1) / 2;
    }

    /** Appends one that is not below those that are there. */
    void append(OffHeap memory, double mean, double weight) {
        own(memory, 1);
        put(used, mean, weight);
        used++;
    }

    Centroids share() {
        Centroids twin = new Centroids();
        if (block != null) {
            twin.block = block.hold();
            twin.used = used;
        }
        return twin;
    }

    void clear(OffHeap memory) {
        if (block != null) {
            block.release(memory);
            block = null;
        }
        used = 0;
    }

    long memoryUsage(OffHeap memory) {
        return block == null ? 0 : memory.usableBytes(block.bytes());
    }
}
