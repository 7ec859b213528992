// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.lzf.LzfCompressor;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Confined to one thread. The strings of an {@link RdbOutput}: as an integer where the digits say
 * one of 32 bits, else compressed where that is wished and saves four bytes, else as they are.
 */
abstract sealed class StringOutput extends RawOutput permits RdbOutput {
    /** Strings up to this length are not worth compressing. */
    private static final int PLAIN_LENGTH_MAX = 20;

    /** A compressed string must be shorter by this. */
    private static final int SAVED_BYTES_MIN = 4;

    /** Longer strings are left as they are: the work would stop the thread for seconds. */
    private static final int COMPRESSED_LENGTH_MAX = 1 << 30;

    /** Room before a compressed string: the kind, and two lengths of 32 bits. */
    private static final int HEADER_BYTES_MAX = 1 + 2 * (1 + Integer.BYTES);

    private boolean compression;
    private LzfCompressor compressor;

    /** Where strings are noted that somebody else compresses; null when that is done here. */
    private StringMarks marks;

    StringOutput(int bytesMax, Drain drain, boolean compression) {
        super(bytesMax, drain);
        this.compression = compression;
    }

    /** Says whether strings are compressed from here on, as {@code rdbcompression} does. */
    public final void compression(boolean wanted) {
        compression = wanted;
    }

    /**
     * Leaves strings that are worth compressing to somebody else: they are written without their
     * length, and noted.
     *
     * @param notes where; null to compress here
     */
    public final void markStrings(StringMarks notes) {
        marks = notes;
    }

    /** Writes a string of bytes off the heap. */
    public final void writeString(long address, long length) {
        if (length <= CanonicalInteger.LENGTH_MAX) {
            reserve(1 + CanonicalInteger.LENGTH_MAX);
            Memory.copy(address, buffer, position + 1, (int) length);
            finishShort((int) length);
            return;
        }
        if (marks != null && isCompressed(length)) {
            marks.add(position, (int) length);
            writeRaw(address, length);
            return;
        }
        if (!isCompressed(length) || !writeCompressed(address, (int) length)) {
            writeLength(length);
            writeRaw(address, length);
        }
    }

    /** Writes a string. */
    public final void writeString(Bytes content) {
        writeString(content.address(), content.length());
    }

    /** Writes a string of bytes on the heap. */
    public final void writeString(byte[] content) {
        int length = content.length;
        if (length <= CanonicalInteger.LENGTH_MAX) {
            reserve(1 + CanonicalInteger.LENGTH_MAX);
            System.arraycopy(content, 0, buffer, position + 1, length);
            finishShort(length);
            return;
        }
        if (marks != null && isCompressed(length)) {
            marks.add(position, length);
            writeRaw(content, 0, length);
            return;
        }
        if (!isCompressed(length) || !writeCompressed(content, 0, length)) {
            writeLength(length);
            writeRaw(content, 0, length);
        }
    }

    /** Writes a string that another output has marked. */
    public final void writeMarked(byte[] content, int offset, int length) {
        if (!isCompressed(length) || !writeCompressed(content, offset, length)) {
            writeLength(length);
            writeRaw(content, offset, length);
        }
    }

    /** Writes the string of a number's decimal digits. */
    public final void writeIntegerString(long value) {
        if (value == (int) value) {
            reserve(1 + Integer.BYTES);
            putInteger((int) value);
        } else {
            writeString(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The content stands one byte behind the position, where it belongs if it stays as it is. */
    private void finishShort(int length) {
        long value = CanonicalInteger.parse(buffer, position + 1, length);
        if (value == CanonicalInteger.NONE) {
            buffer[position] = (byte) length;
            position += 1 + length;
        } else {
            putInteger((int) value);
        }
    }

    private void putInteger(int value) {
        if (value == (byte) value) {
            buffer[position] = (byte) RdbFormat.STRING_INT_8;
            buffer[position + 1] = (byte) value;
            position += 1 + Byte.BYTES;
        } else if (value == (short) value) {
            buffer[position++] = (byte) RdbFormat.STRING_INT_16;
            writeShort(value);
        } else {
            buffer[position++] = (byte) RdbFormat.STRING_INT_32;
            writeInt(value);
        }
    }

    private boolean isCompressed(long length) {
        return compression && length > PLAIN_LENGTH_MAX && length <= COMPRESSED_LENGTH_MAX;
    }

    private boolean writeCompressed(long address, int length) {
        int room = roomForPacked(length);
        int from = position + HEADER_BYTES_MAX;
        int packed = room <= 0 ? 0 : compressor.compress(address, length, buffer, from, room);
        return packed > 0 && finishCompressed(from, packed, length);
    }

    private boolean writeCompressed(byte[] content, int from, int length) {
        int room = roomForPacked(length);
        int offset = position + HEADER_BYTES_MAX;
        int packed =
                room <= 0 ? 0 : compressor.compress(content, from, length, buffer, offset, room);
        return packed > 0 && finishCompressed(offset, packed, length);
    }

    /** Room behind the largest header; less than wished for where the limit is near. */
    private int roomForPacked(int length) {
        if (compressor == null) {
            compressor = new LzfCompressor();
        }
        int wanted = length - SAVED_BYTES_MIN;
        return Math.min(wanted, offer(HEADER_BYTES_MAX + (long) wanted) - HEADER_BYTES_MAX);
    }

    /** The header depends on the compressed length, so the content moves to close the gap. */
    private boolean finishCompressed(int from, int packed, int length) {
        writeByte(RdbFormat.STRING_LZF);
        writeLength(packed);
        writeLength(length);
        System.arraycopy(buffer, from, buffer, position, packed);
        position += packed;
        return true;
    }
}
