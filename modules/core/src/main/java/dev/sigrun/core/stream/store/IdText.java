// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.core.View;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Owner thread only. Identifiers as text in memory of its own, so that writing one allocates
 * nothing. The text stands until the next one is written.
 */
public final class IdText {
    /** Twenty digits, a mark between, and twenty digits. */
    private static final int BYTES_MAX = 41;

    private final MemorySegment room = Arena.ofAuto().allocate(BYTES_MAX);
    private final long address = room.address();
    private final View view = new View();
    private int length;

    /** Makes an empty text. */
    public IdText() {}

    /** Writes an identifier as clients know it. */
    public IdText write(long ms, long seq) {
        return write(ms, '-', seq);
    }

    /**
     * Writes an identifier.
     *
     * @param mark what stands between the numbers
     */
    public IdText write(long ms, char mark, long seq) {
        length = writeUnsigned(ms, address);
        Memory.putByte(address + length, (byte) mark);
        length++;
        length += writeUnsigned(seq, address + length);
        return this;
    }

    private static int writeUnsigned(long value, long target) {
        if (value >= 0) {
            return Decimal.write(value, target);
        }
        int written = Decimal.write(Long.divideUnsigned(value, 10), target);
        Memory.putByte(target + written, (byte) ('0' + Long.remainderUnsigned(value, 10)));
        return written + 1;
    }

    /** Where the text is. */
    public long address() {
        return address;
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    /** The text as bytes, until the next one is written. */
    public Bytes bytes() {
        return view.over(address, length);
    }

    /** The text, for debuggers. */
    @Override
    public String toString() {
        return bytes().text();
    }
}
