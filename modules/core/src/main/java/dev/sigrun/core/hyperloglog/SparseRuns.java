// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hyperloglog;

import dev.sigrun.memory.Memory;

/**
 * Walks over the runs of a sparse HyperLogLog, and knows how runs are written. Confined to its
 * thread; one object serves all walks.
 *
 * <p>The string is what a client may have made: a walk ends at its end, and only {@link
 * #isComplete} says that the runs are those of a HyperLogLog. Deviation: a long run whose second
 * byte is missing is damage here, where Valkey takes a zero for it.
 */
final class SparseRuns {
    /** The largest value that a run can have. */
    static final int VALUE_MAX = 32;

    /** The longest run of a value other than 0. */
    static final int VALUE_SPAN_MAX = 4;

    private static final int SHORT_SPAN_MAX = 64;
    private static final int VALUE_MARK = 0x80;
    private static final int LONG_MARK = 0x40;

    private long address;
    private int end;
    private int at;
    private int next;
    private int first;
    private int span;
    private boolean broken;

    /** Begins before the first run. */
    void begin(long newAddress, int length) {
        begin(newAddress, length, Layout.HEADER_BYTES, 0);
    }

    /**
     * Begins before a run in the middle.
     *
     * @param offset where the run begins in the string
     * @param register its first register
     */
    void begin(long newAddress, int length, int offset, int register) {
        address = newAddress;
        end = length;
        next = offset;
        first = register;
        span = 0;
        broken = false;
    }

    /** Moves to the next run; false when there is none. */
    boolean next() {
        at = next;
        first += span;
        span = 0;
        if (at >= end || broken) {
            return false;
        }
        int bytes = bytes(address + at);
        // The second byte of a long run may be missing; then nothing can be right.
        broken = at + bytes > end;
        if (broken) {
            return false;
        }
        next = at + bytes;
        span = span(address + at);
        return true;
    }

    /** Where the run begins in the string; after the last one, the string's end. */
    int at() {
        return at;
    }

    /** The run's first register; after the last one, the number of all registers. */
    int first() {
        return first;
    }

    /** Number of registers in the run. */
    int span() {
        return span;
    }

    /** Bytes of the run. */
    int bytes() {
        return next - at;
    }

    /** The value of the run's registers. */
    int value() {
        return value(address + at);
    }

    /** Whether the run ends before the registers do. */
    boolean fits() {
        return first + span <= Layout.REGISTERS;
    }

    /** Whether the walk has come to the end, with exactly as many registers as there should be. */
    boolean isComplete() {
        return at >= end && !broken && first == Layout.REGISTERS;
    }

    /** Whether a run is one of the long form, which two bytes take. */
    static boolean isLong(long run) {
        return (Memory.getByte(run) & (VALUE_MARK | LONG_MARK)) == LONG_MARK;
    }

    private static int bytes(long run) {
        return isLong(run) ? 2 : 1;
    }

    /** The value of a run's registers. */
    static int value(long run) {
        int head = Memory.getByte(run) & 0xFF;
        return (head & VALUE_MARK) == 0 ? 0 : (head >>> 2 & 31) + 1;
    }

    /** Number of registers in a run. */
    static int span(long run) {
        int head = Memory.getByte(run) & 0xFF;
        if ((head & VALUE_MARK) != 0) {
            return (head & 3) + 1;
        } else if ((head & LONG_MARK) != 0) {
            return ((head & 63) << 8 | Memory.getByte(run + 1) & 0xFF) + 1;
        }
        return head + 1;
    }

    /** Bytes that a run takes; none for one of no registers. */
    static int bytesFor(int value, int span) {
        return span == 0 ? 0 : value == 0 && span > SHORT_SPAN_MAX ? 2 : 1;
    }

    /**
     * Writes a run, or nothing for one of no registers.
     *
     * @return bytes written
     */
    static int write(long run, int value, int span) {
        int bytes = bytesFor(value, span);
        if (bytes == 2) {
            Memory.putByte(run, (byte) (LONG_MARK | span - 1 >>> 8));
            Memory.putByte(run + 1, (byte) (span - 1));
        } else if (bytes == 1) {
            int mark = value == 0 ? 0 : VALUE_MARK | value - 1 << 2;
            Memory.putByte(run, (byte) (mark | span - 1));
        }
        return bytes;
    }
}
