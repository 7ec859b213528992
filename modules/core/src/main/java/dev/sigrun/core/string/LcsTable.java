// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import java.util.Arrays;

/**
 * The table of a longest common subsequence, one bit a cell.
 *
 * <p>The textbook table holds, for every prefix of {@code a} and every prefix of {@code b}, the
 * length of their longest common subsequence. Neighbours in a row differ by 0 or 1, so the
 * differences along the rows say it all: here a bit is 0 where the length steps up. That makes a
 * row a bit vector which the next row follows from by one addition for 64 cells (Hyyrö 2004). The
 * table is computed in stripes of 64 columns; the carries of the additions travel from one stripe
 * to the next in a bit set of their own.
 *
 * <p>O(n·m/64) time and n·m/8 bytes, or n/8 bytes when only the length is wanted. Owner thread
 * only, valid as long as both strings are lent.
 */
final class LcsTable {
    private static final int STRIPE_COLUMNS = Long.SIZE;
    private static final int BYTE_VALUES = 256;

    private final Bytes a;
    private final Bytes b;

    /** The bits, row by row; null when only the length is wanted. */
    private final byte[] cells;

    private final int rowBytes;
    private int length;

    private LcsTable(Bytes a, Bytes b, byte[] cells, int rowBytes) {
        this.a = a;
        this.b = b;
        this.cells = cells;
        this.rowBytes = rowBytes;
    }

    /**
     * Computes the table for two strings.
     *
     * @param traced whether {@link #stepsUp} will be asked
     * @throws OutOfMemoryError when there is no room for it
     */
    static LcsTable of(Bytes a, Bytes b, boolean traced) {
        int rowBytes = b.length() / Byte.SIZE + (b.length() % Byte.SIZE == 0 ? 0 : 1);
        long cellBytes = (long) a.length() * rowBytes;
        if (traced && cellBytes > Integer.MAX_VALUE - Long.BYTES) {
            throw new OutOfMemoryError("table of " + cellBytes + " bytes");
        }
        byte[] cells = traced ? new byte[(int) cellBytes] : null;
        LcsTable table = new LcsTable(a, b, cells, rowBytes);
        table.compute();
        return table;
    }

    private void compute() {
        long[] carries = new long[a.length() / Long.SIZE + 1];
        long[] places = new long[BYTE_VALUES];
        for (int column = 0; column < b.length(); column += STRIPE_COLUMNS) {
            int columns = Math.min(STRIPE_COLUMNS, b.length() - column);
            Arrays.fill(places, 0);
            for (int k = 0; k < columns; k++) {
                places[b.byteAt(column + k) & 0xff] |= 1L << k;
            }
            long lastRow = computeStripe(places, carries, column / Byte.SIZE, columns);
            // Bits past the last column stay 1, so they count nothing.
            length += Long.bitCount(~lastRow);
        }
    }

    private long computeStripe(long[] places, long[] carries, int offset, int columns) {
        int width = (columns + Byte.SIZE - 1) / Byte.SIZE;
        long row = -1L;
        for (int i = 0; i < a.length(); i++) {
            long matches = row & places[a.byteAt(i) & 0xff];
            long carryBit = 1L << i;
            long carryIn = (carries[i / Long.SIZE] & carryBit) == 0 ? 0 : 1;
            long sum = row + matches + carryIn;
            long carryOut = matches | (row & ~sum);
            carries[i / Long.SIZE] =
                    carryOut < 0
                            ? carries[i / Long.SIZE] | carryBit
                            : carries[i / Long.SIZE] & ~carryBit;
            row = sum | (row & ~matches);
            if (cells != null) {
                keep(row, i * rowBytes + offset, width);
            }
        }
        return row;
    }

    private void keep(long row, int at, int width) {
        for (int k = 0; k < width; k++) {
            cells[at + k] = (byte) (row >>> (k * Byte.SIZE));
        }
    }

    /** The length of the longest common subsequence. */
    int length() {
        return length;
    }

    /** The first string. */
    Bytes a() {
        return a;
    }

    /** The second string. */
    Bytes b() {
        return b;
    }

    /**
     * Whether the first {@code row} bytes of the one string have more in common with the first
     * {@code column} bytes of the other than with one byte less of it. Both count from 1.
     */
    boolean stepsUp(int row, int column) {
        int cell = cells[(row - 1) * rowBytes + (column - 1) / Byte.SIZE];
        return (cell >>> ((column - 1) % Byte.SIZE) & 1) == 0;
    }
}
