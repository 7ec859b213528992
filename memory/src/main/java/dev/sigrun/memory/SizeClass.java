// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Any thread. Which sizes of small block there are.
 *
 * <p>Up to 1 KiB they are 8 bytes apart, up to 4 KiB 64 bytes, so that a node that has grown to its
 * size leaves little unused. Above, each is a slab divided by a whole number, so that nothing is
 * left at a slab's end, about four to each doubling; rounded down to 64 bytes, so that these blocks
 * fall on cache lines. Beyond {@link #LARGEST} a block is a run of pages.
 */
final class SizeClass {
    static final int SLAB = 1 << 16;
    static final int LARGEST = SLAB / 4;
    static final int COUNT;

    private static final int FINE_MAX = 1024;

    /** Up to here classes are 64 bytes apart; nodes of streams and lists are of such sizes. */
    private static final int MIDDLE_MAX = 4096;

    private static final int MIDDLE_STEP = 64;
    private static final int[] SHARES = {15, 13, 11, 9, 8, 7, 6, 5, 4};

    private static final int[] SIZES;
    private static final int[] BLOCKS;

    /** The class of each size in units of 8 bytes, rounded up. */
    private static final byte[] OF = new byte[(LARGEST >>> 3) + 1];

    static {
        int fine = FINE_MAX >>> 3;
        int middle = fine + (MIDDLE_MAX - FINE_MAX) / MIDDLE_STEP;
        COUNT = middle + SHARES.length;
        SIZES = new int[COUNT];
        BLOCKS = new int[COUNT];
        for (int index = 0; index < COUNT; index++) {
            SIZES[index] =
                    index < fine
                            ? (index + 1) << 3
                            : index < middle
                                    ? FINE_MAX + (index - fine + 1) * MIDDLE_STEP
                                    : (SLAB / SHARES[index - middle]) & -64;
            BLOCKS[index] = SLAB / SIZES[index];
        }
        int index = 0;
        for (int unit = 0; unit < OF.length; unit++) {
            if ((unit << 3) > SIZES[index]) {
                index++;
            }
            OF[unit] = (byte) index;
        }
    }

    private SizeClass() {}

    static int of(long bytes) {
        return OF[(int) ((bytes + 7) >>> 3)] & 0xff;
    }

    static int size(int index) {
        return SIZES[index];
    }

    static int blocks(int index) {
        return BLOCKS[index];
    }
}
