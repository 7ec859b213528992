// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.lzf.Lzf;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/** Confined to one thread. The bytes and strings of an {@link RdbInput}. */
abstract sealed class RawInput permits RdbInput {
    private final Slice lent = new Slice();
    private final Scratch scratch = new Scratch();
    private long start;
    private long at;
    private long end;

    RawInput() {}

    final void open(long address, long length) {
        scratch.trim();
        lent.wrap(0, 0);
        start = address;
        at = address;
        end = address + length;
    }

    final void free() {
        open(0, 0);
        scratch.close();
    }

    /** Number of bytes that are read. */
    public final long position() {
        return at - start;
    }

    /** Number of bytes that are not read. */
    public final long remaining() {
        return end - at;
    }

    /** Goes back or forth to where {@link #position} was. */
    final void position(long position) {
        at = start + position;
    }

    /**
     * Declares that nothing may follow.
     *
     * @throws RdbException when something does
     */
    public final void requireEnd() throws RdbException {
        if (at != end) {
            throw RdbException.corrupt(remaining() + " bytes follow after the value.");
        }
    }

    /** Reads a byte as a number from 0 to 255. */
    public final int readByte() throws RdbException {
        return Memory.getByte(take(1)) & 0xff;
    }

    /** Reads four bytes, the lowest first. */
    public final int readInt() throws RdbException {
        return Memory.getInt(take(Integer.BYTES));
    }

    /** Reads eight bytes, the lowest first. */
    public final long readLong() throws RdbException {
        return Memory.getLong(take(Long.BYTES));
    }

    /** Reads a float of four bytes, the lowest first. */
    public final float readFloat() throws RdbException {
        return Float.intBitsToFloat(readInt());
    }

    /** Reads a double of eight bytes, the lowest first. */
    public final double readDouble() throws RdbException {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads a length, or any unsigned number of 64 bits: what is negative here is huge. */
    public final long readLength() throws RdbException {
        int first = readByte();
        if (first <= RdbFormat.LENGTH_6_BITS_MAX) {
            return first;
        }
        if (first < RdbFormat.LENGTH_32_BITS) {
            return (long) (first & RdbFormat.LENGTH_6_BITS_MAX) << 8 | readByte();
        }
        return switch (first) {
            case RdbFormat.LENGTH_32_BITS ->
                    Integer.toUnsignedLong(Integer.reverseBytes(readInt()));
            case RdbFormat.LENGTH_64_BITS -> Long.reverseBytes(readLong());
            default -> throw RdbException.corrupt("A length begins with the byte " + first + ".");
        };
    }

    /**
     * Reads how many items follow, and refuses a number that the rest of the input cannot hold, so
     * that room may be made for so many.
     *
     * @param bytesEachMin what an item takes at least, 1 or more
     */
    public final long readCount(int bytesEachMin) throws RdbException {
        long count = readLength();
        if (count < 0 || count > remaining() / bytesEachMin) {
            throw RdbException.corrupt(
                    Long.toUnsignedString(count) + " items do not fit in what follows.");
        }
        return count;
    }

    /** Reads bytes as they are, lent until the next call. */
    public final Bytes readRaw(int length) throws RdbException {
        return lent.wrap(take(length), length);
    }

    /** Passes over bytes. */
    public final void skip(long bytes) throws RdbException {
        take(bytes);
    }

    /** Reads a string in any of its encodings, lent until the next call. */
    public final Bytes readString() throws RdbException {
        if (at < end && (Memory.getByte(at) & 0xff) >= RdbFormat.STRING_INT_8) {
            return readEncoded(readByte());
        }
        long length = readLength();
        long address = take(length);
        return lent.wrap(address, viewLength(length));
    }

    private Bytes readEncoded(int kind) throws RdbException {
        return switch (kind) {
            case RdbFormat.STRING_INT_8 -> digits((byte) readByte());
            case RdbFormat.STRING_INT_16 -> digits(Memory.getShort(take(Short.BYTES)));
            case RdbFormat.STRING_INT_32 -> digits(readInt());
            case RdbFormat.STRING_LZF -> readCompressed();
            default -> throw unknownString(kind);
        };
    }

    private static RdbException unknownString(int kind) {
        return RdbException.corrupt("A string begins with the byte " + kind + ".");
    }

    private Bytes digits(int value) throws RdbException {
        long room = scratch.room(CanonicalInteger.LENGTH_MAX);
        int length = CanonicalInteger.print(value, room);
        return lent.wrap(room + CanonicalInteger.LENGTH_MAX - length, length);
    }

    private Bytes readCompressed() throws RdbException {
        long packedLength = readLength();
        long length = readLength();
        long packed = take(packedLength);
        int viewLength = viewLength(length);
        if (!Lzf.canExpandTo(packedLength, length)
                || (!scratch.holds(length) && Lzf.expandedLength(packed, packedLength) != length)) {
            throw badCompression(length);
        }
        long room = scratch.room(length);
        if (!Lzf.expand(packed, packedLength, room, length)) {
            throw badCompression(length);
        }
        return lent.wrap(room, viewLength);
    }

    private static RdbException badCompression(long length) {
        return RdbException.corrupt(
                "A compressed string is not of " + Long.toUnsignedString(length) + " bytes.");
    }

    private static int viewLength(long length) throws RdbException {
        if (length != (int) length || length < 0) {
            throw RdbException.corrupt(
                    "A string of " + Long.toUnsignedString(length) + " bytes is too long.");
        }
        return (int) length;
    }

    /** Passes over a string without decoding it. */
    public final void skipString() throws RdbException {
        if (at == end || (Memory.getByte(at) & 0xff) < RdbFormat.STRING_INT_8) {
            skip(readLength());
            return;
        }
        int kind = readByte();
        switch (kind) {
            case RdbFormat.STRING_INT_8 -> skip(Byte.BYTES);
            case RdbFormat.STRING_INT_16 -> skip(Short.BYTES);
            case RdbFormat.STRING_INT_32 -> skip(Integer.BYTES);
            case RdbFormat.STRING_LZF -> skipCompressed();
            default -> throw unknownString(kind);
        }
    }

    private void skipCompressed() throws RdbException {
        long packedLength = readLength();
        if (!Lzf.canExpandTo(Math.min(packedLength, remaining()), readLength())) {
            throw RdbException.corrupt("A compressed string claims more than it can hold.");
        }
        skip(packedLength);
    }

    /** The one place that moves on: the address of so many bytes, which are all there. */
    private long take(long bytes) throws RdbException {
        if (bytes < 0 || bytes > end - at) {
            throw RdbException.corrupt(
                    "The input ends "
                            + remaining()
                            + " bytes on, where "
                            + Long.toUnsignedString(bytes)
                            + " are needed.");
        }
        long taken = at;
        at += bytes;
        return taken;
    }
}
