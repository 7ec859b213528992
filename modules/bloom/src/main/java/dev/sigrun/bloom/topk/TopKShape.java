// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

/**
 * What was wished of a sketch. Any thread.
 *
 * @param places how many items the list has
 * @param width buckets of a row
 * @param depth number of rows
 * @param decay to the power of a bucket's count: the chance that it loses one to another item
 */
record TopKShape(int places, long width, int depth, double decay) {
    static final long WIDTH = 8;
    static final int DEPTH = 7;
    static final double DECAY = 0.9;

    /** A shape of numbers that may be anything; null when they make none. */
    static TopKShape checked(long places, long width, long depth, double decay) {
        boolean isSound =
                places >= 1
                        && places <= TopK.PLACES_MAX
                        && width >= 1
                        && width <= Integer.MAX_VALUE
                        && depth >= 1
                        && depth <= Integer.MAX_VALUE
                        && width * depth <= Integer.MAX_VALUE / TopK.BUCKET_BYTES
                        && decay > 0
                        && decay <= 1;
        return isSound ? new TopKShape((int) places, width, (int) depth, decay) : null;
    }

    /** Bytes of all buckets. */
    long bytes() {
        return width * depth * TopK.BUCKET_BYTES;
    }
}
