// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Confined to one thread. The bytes of an {@link RdbOutput}: an array on the heap that doubles up
 * to its limit, or that is drained whenever it is full.
 */
abstract sealed class RawOutput permits StringOutput {
    /** No array is larger. */
    public static final int BYTES_MAX = Integer.MAX_VALUE - 8;

    private static final int INITIAL_BYTES = 512;
    private static final int RETAINED_BYTES_MAX = 1 << 20;
    private static final int DRAIN_STEP_BYTES = 1 << 16;

    private static final VarHandle INT_LITTLE =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_LITTLE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BIG =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_BIG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Null when everything is kept. */
    private final Drain drain;

    private final int bytesMax;
    private long drained;

    byte[] buffer = new byte[INITIAL_BYTES];
    int position;

    RawOutput(int bytesMax, Drain drain) {
        if (bytesMax < INITIAL_BYTES || bytesMax > BYTES_MAX) {
            throw new IllegalArgumentException("A limit of " + bytesMax + " bytes is no limit.");
        }
        this.bytesMax = bytesMax;
        this.drain = drain;
    }

    /** Writes the lowest eight bits. */
    public final void writeByte(int value) {
        reserve(1);
        buffer[position++] = (byte) value;
    }

    /** Writes two bytes, the lowest first. */
    public final void writeShort(int value) {
        reserve(Short.BYTES);
        buffer[position] = (byte) value;
        buffer[position + 1] = (byte) (value >>> 8);
        position += Short.BYTES;
    }

    /** Writes four bytes, the lowest first. */
    public final void writeInt(int value) {
        reserve(Integer.BYTES);
        INT_LITTLE.set(buffer, position, value);
        position += Integer.BYTES;
    }

    /** Writes eight bytes, the lowest first, as times of expiry are written. */
    public final void writeLong(long value) {
        reserve(Long.BYTES);
        LONG_LITTLE.set(buffer, position, value);
        position += Long.BYTES;
    }

    /** Writes a double as eight bytes, the lowest first. */
    public final void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes a float as four bytes, the lowest first. */
    public final void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    /** Writes a length, or any unsigned number of 64 bits, in one, two, five or nine bytes. */
    public final void writeLength(long value) {
        reserve(1 + Long.BYTES);
        if (value < 0 || value > 0xffffffffL) {
            buffer[position] = (byte) RdbFormat.LENGTH_64_BITS;
            LONG_BIG.set(buffer, position + 1, value);
            position += 1 + Long.BYTES;
        } else if (value > RdbFormat.LENGTH_14_BITS_MAX) {
            buffer[position] = (byte) RdbFormat.LENGTH_32_BITS;
            INT_BIG.set(buffer, position + 1, (int) value);
            position += 1 + Integer.BYTES;
        } else if (value > RdbFormat.LENGTH_6_BITS_MAX) {
            buffer[position] = (byte) (RdbFormat.LENGTH_14_BITS | value >>> 8);
            buffer[position + 1] = (byte) value;
            position += 2;
        } else {
            buffer[position++] = (byte) value;
        }
    }

    /** Writes bytes as they are. */
    public final void writeRaw(long address, long length) {
        long from = address;
        long left = length;
        while (left > 0) {
            int part = (int) Math.min(left, room(left));
            Memory.copy(from, buffer, position, part);
            position += part;
            from += part;
            left -= part;
        }
    }

    /** Writes bytes of the heap as they are. */
    public final void writeRaw(byte[] content, int offset, int length) {
        int from = offset;
        int left = length;
        while (left > 0) {
            int part = Math.min(left, room(left));
            System.arraycopy(content, from, buffer, position, part);
            position += part;
            from += part;
            left -= part;
        }
    }

    /** Room for some of so many bytes; for all of them where nothing is drained. */
    private int room(long bytes) {
        if (drain != null) {
            return offer(Math.min(bytes, DRAIN_STEP_BYTES));
        }
        if (bytes > bytesMax - position) {
            throw new OutputFull(bytesMax);
        }
        return offer(bytes);
    }

    final void reserve(int bytes) {
        if (bytes > buffer.length - position && bytes > offer(bytes)) {
            throw new OutputFull(bytesMax);
        }
    }

    /** Makes room for so many bytes or as many as there can be, and says for how many. */
    final int offer(long bytes) {
        if (bytes > buffer.length - position) {
            flush();
        }
        if (bytes > buffer.length - position && buffer.length < bytesMax) {
            long wanted = Math.max(position + bytes, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, bytesMax));
        }
        return buffer.length - position;
    }

    /** Passes on what is gathered, where there is a drain. */
    public final void flush() {
        if (drain != null && position > 0) {
            drain.take(buffer, 0, position);
            drained += position;
            position = 0;
        }
    }

    /** The array that holds what is written and not drained, valid until the next write. */
    public final byte[] array() {
        return buffer;
    }

    /**
     * Exchanges the array that holds what is written, and begins anew in the other.
     *
     * @param fresh at least as long as the first array of any output
     * @return the array that held it so far
     */
    public final byte[] exchange(byte[] fresh) {
        if (drain != null) {
            throw new IllegalStateException("What is drained is kept by nobody.");
        }
        byte[] full = buffer;
        buffer = fresh;
        position = 0;
        return full;
    }

    /** Number of bytes in {@link #array()}, which begin at 0. */
    public final int size() {
        return position;
    }

    /** Number of bytes written since the start or the last reset, drained or not. */
    public final long written() {
        return drained + position;
    }

    /** A copy of what is written and not drained. */
    public final byte[] copy() {
        return Arrays.copyOf(buffer, position);
    }

    final void clear() {
        position = 0;
        drained = 0;
        if (buffer.length > RETAINED_BYTES_MAX) {
            buffer = new byte[INITIAL_BYTES];
        }
    }
}
