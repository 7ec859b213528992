// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/**
 * The grid: turns places into cells and back. A cell is a number of {@code 2 * step} bits, the
 * longitude's in the odd places. Any thread.
 */
final class Geohash {
    /** The finest grid: 26 bits a coordinate, which a double holds without loss. */
    static final int STEP_MAX = 26;

    /** The largest longitude; the smallest is its negative. */
    static final double LONGITUDE_MAX = 180;

    /** The largest latitude, that of the square Mercator map; the smallest is its negative. */
    static final double LATITUDE_MAX = 85.05112878;

    /** The largest latitude of the geohashes that are exchanged as text. */
    static final double LATITUDE_MAX_OF_TEXT = 90;

    private static final long LONGITUDE_BITS = 0xaaaaaaaaaaaaaaaaL;
    private static final long LATITUDE_BITS = 0x5555555555555555L;
    private static final int SCORE_BITS = 52;

    private Geohash() {}

    /** The cell of a place in the grid of scores. */
    static long cell(double longitude, double latitude, int step) {
        return cell(longitude, latitude, LATITUDE_MAX, step);
    }

    /** The cell of a place in a grid that ends at some latitude. */
    static long cell(double longitude, double latitude, double latitudeMax, int step) {
        double east = (longitude + LONGITUDE_MAX) / (LONGITUDE_MAX + LONGITUDE_MAX);
        double north = (latitude + latitudeMax) / (latitudeMax + latitudeMax);
        long size = 1L << step;
        return spread((long) (north * size)) | spread((long) (east * size)) << 1;
    }

    /** Puts a zero before each of the lower 32 bits. */
    private static long spread(long number) {
        long bits = number & 0xFFFFFFFFL;
        bits = (bits | bits << 16) & 0x0000FFFF0000FFFFL;
        bits = (bits | bits << 8) & 0x00FF00FF00FF00FFL;
        bits = (bits | bits << 4) & 0x0F0F0F0F0F0F0F0FL;
        bits = (bits | bits << 2) & 0x3333333333333333L;
        return (bits | bits << 1) & LATITUDE_BITS;
    }

    /** Takes every second bit, the lowest included. */
    private static long gathered(long number) {
        long bits = number & LATITUDE_BITS;
        bits = (bits | bits >>> 1) & 0x3333333333333333L;
        bits = (bits | bits >>> 2) & 0x0F0F0F0F0F0F0F0FL;
        bits = (bits | bits >>> 4) & 0x00FF00FF00FF00FFL;
        bits = (bits | bits >>> 8) & 0x0000FFFF0000FFFFL;
        return (bits | bits >>> 16) & 0xFFFFFFFFL;
    }

    /** Which column of the grid a cell is in, from the west. */
    static long column(long cell) {
        return gathered(cell >>> 1);
    }

    /** Which row of the grid a cell is in, from the south. */
    static long row(long cell) {
        return gathered(cell);
    }

    /** The longitude at which a column begins. */
    static double west(long column, int step) {
        return -LONGITUDE_MAX + fraction(column, step) * (LONGITUDE_MAX + LONGITUDE_MAX);
    }

    /** The latitude at which a row begins. */
    static double south(long row, int step) {
        return -LATITUDE_MAX + fraction(row, step) * (LATITUDE_MAX + LATITUDE_MAX);
    }

    /** The place after the last of 32 bits is the first one again. */
    private static double fraction(long index, int step) {
        return (double) (index & 0xFFFFFFFFL) / (1L << step);
    }

    /** The longitude of a score: that of its cell's middle. */
    static double longitude(long bits) {
        long column = column(bits);
        double middle = (west(column, STEP_MAX) + west(column + 1, STEP_MAX)) / 2;
        return Math.max(Math.min(middle, LONGITUDE_MAX), -LONGITUDE_MAX);
    }

    /** The latitude of a score: that of its cell's middle. */
    static double latitude(long bits) {
        long row = row(bits);
        double middle = (south(row, STEP_MAX) + south(row + 1, STEP_MAX)) / 2;
        return Math.max(Math.min(middle, LATITUDE_MAX), -LATITUDE_MAX);
    }

    /**
     * The bits of a score. A score that no place can have gives some bits too, those that the
     * conversion of Valkey's usual machines gives.
     */
    static long bits(double score) {
        if (score < 0x1p63) {
            return score >= -0x1p63 ? (long) score : Long.MIN_VALUE;
        }
        double above = score - 0x1p63;
        return (above < 0x1p63 ? (long) above : Long.MIN_VALUE) ^ Long.MIN_VALUE;
    }

    /** The first score of a cell. */
    static long score(long cell, int step) {
        return cell << SCORE_BITS - 2 * step;
    }

    /**
     * The cell beside another one; beyond an edge, the one at the other end.
     *
     * @param east 1 for the cell to the east, -1 to the west, 0 for neither
     * @param north 1 for the cell to the north, -1 to the south, 0 for neither
     */
    static long neighbour(long cell, int step, int east, int north) {
        int unused = Long.SIZE - 2 * step;
        return moved(cell, LONGITUDE_BITS, LATITUDE_BITS, unused, east)
                | moved(cell, LATITUDE_BITS, LONGITUDE_BITS, unused, north);
    }

    /** Counts the bits of one coordinate up or down, those of the other letting carries pass. */
    private static long moved(long cell, long own, long others, int unused, int by) {
        long bits = cell & own;
        if (by == 0) {
            return bits;
        }
        long passing = others >>> unused;
        long moved = by > 0 ? bits + (passing + 1) : (bits | passing) - (passing + 1);
        return moved & own >>> unused;
    }
}
