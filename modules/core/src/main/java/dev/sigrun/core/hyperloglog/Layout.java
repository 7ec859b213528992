// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** The header of a HyperLogLog, as static functions over its address. Any thread. */
final class Layout {
    /** Number of registers. */
    static final int REGISTERS = 1 << 14;

    /** Bytes before the registers. */
    static final int HEADER_BYTES = 16;

    /** Bytes of the registers in the dense encoding. */
    static final int DENSE_BYTES = REGISTERS * 6 / 8;

    /** Length of a dense HyperLogLog. */
    static final int DENSE_LENGTH = HEADER_BYTES + DENSE_BYTES;

    /** A sparse one is no longer: each run is of two bytes at most and of one register at least. */
    static final int SPARSE_LENGTH_MAX = HEADER_BYTES + 2 * REGISTERS;

    /** The dense encoding. */
    static final int DENSE = 0;

    /** The sparse encoding. */
    static final int SPARSE = 1;

    /** The registers contradict themselves. */
    static final CommandException CORRUPT =
            new CommandException("INVALIDOBJ", "Corrupted HLL object detected");

    private static final CommandException NOT_ONE =
            new CommandException("WRONGTYPE", "Key is not a valid HyperLogLog string value.");

    private static final int MAGIC = 'H' | 'Y' << 8 | 'L' << 16 | 'L' << 24;
    private static final int ENCODING_AT = 4;
    private static final int ESTIMATE_AT = 8;
    private static final long OUT_OF_DATE = Long.MIN_VALUE;

    private Layout() {}

    /**
     * Refuses a string that is no HyperLogLog. The registers of a sparse one may still be damaged.
     *
     * @throws CommandException when it is none
     */
    static void check(Bytes content) throws CommandException {
        int length = content.length();
        if (length < HEADER_BYTES
                || Memory.getInt(content.address()) != MAGIC
                || encoding(content.address()) > SPARSE
                || (encoding(content.address()) == DENSE && length != DENSE_LENGTH)) {
            throw NOT_ONE;
        }
        // Deviation: Valkey may accept an element for one that is too long to be right.
        if (length > SPARSE_LENGTH_MAX) {
            throw CORRUPT;
        }
    }

    /** The encoding's number. */
    static int encoding(long address) {
        return Memory.getByte(address + ENCODING_AT) & 0xFF;
    }

    /** Writes the encoding's number. */
    static void encoding(long address, int encoding) {
        Memory.putByte(address + ENCODING_AT, (byte) encoding);
    }

    /** Writes the header of an empty HyperLogLog, whose estimate is 0. */
    static void writeHeader(long address, int encoding) {
        Memory.putLong(address, MAGIC);
        Memory.putLong(address + ESTIMATE_AT, 0);
        encoding(address, encoding);
    }

    /** The last estimate; negative when it is out of date. */
    static long estimate(long address) {
        return Memory.getLong(address + ESTIMATE_AT);
    }

    /** Keeps an estimate. */
    static void estimate(long address, long estimate) {
        Memory.putLong(address + ESTIMATE_AT, estimate);
    }

    /** Says that the last estimate is out of date. */
    static void outdate(long address) {
        estimate(address, estimate(address) | OUT_OF_DATE);
    }
}
