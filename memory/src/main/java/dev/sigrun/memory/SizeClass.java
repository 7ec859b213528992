// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * Any thread. Which sizes of small block there are.
 *
 * <p>Up to 1 KiB they are 8 bytes apart. Above, each is a slab divided by a whole number, so that
 * nothing is left at a slab's end, about four to each doubling; rounded down to 64 bytes, so that
 * these blocks fall on cache lines. Beyond {@link #LARGEST} a block is a run of pages.
 */
final class SizeClass {
    static final int SLAB = 1 << 16;
    static final int LARGEST = SLAB / 4;
    static final int COUNT;

    private static final int FINE_MAX = 1024;
    private static final int[] SHARES = {
        54, 46, 39, 33, 28, 24, 21, 18, 15, 13, 11, 9, 8, 7, 6, 5, 4
    };

    private static final int[] SIZES;
    private static final int[] BLOCKS;

    /** The class of each size in units of 8 bytes, rounded up. */
    private static final byte[] OF = new byte[(LARGEST >>> 3) + 1];

    static {
        int fine = FINE_MAX >>> 3;
        COUNT = fine + SHARES.length;
        SIZES = new int[COUNT];
        BLOCKS = new int[COUNT];
        for (int index = 0; index < COUNT; index++) {
            SIZES[index] = index < fine ? (index + 1) << 3 : (SLAB / SHARES[index - fine]) & -64;
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
