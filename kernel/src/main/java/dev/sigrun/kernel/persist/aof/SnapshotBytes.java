// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.rdb.RdbFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a snapshot, and where its values end. Whatever does not look like one makes reading
 * fail; nothing is taken on a mere claim of size but a string that is read. One thread at a time.
 */
final class SnapshotBytes implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int STREAM_ID_BYTES = 16;
    private static final int MAGIC_BYTES = 9;
    private static final int LZF = 3;

    private final Disk.Reading file;
    private final ByteBuffer buffer =
            ByteBuffer.wrap(new byte[BUFFER_BYTES]).order(ByteOrder.LITTLE_ENDIAN);
    private long bufferEnd;

    /** Whether the last length was none, but said how a string is kept. */
    private boolean isSpecial;

    SnapshotBytes(Disk.Reading file) {
        this.file = file;
        buffer.limit(0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /**
     * Passes over all of it, with the checksum; says where it ends.
     *
     * @throws IOException when it is not what a server writes today
     */
    long skipAll() throws IOException {
        skip(MAGIC_BYTES);
        for (int type = readByte(); type != RdbFormat.OPCODE_EOF; type = readByte()) {
            switch (type) {
                case RdbFormat.OPCODE_AUX -> skipStrings(2);
                case RdbFormat.OPCODE_SELECT_DB, RdbFormat.OPCODE_IDLE -> skipLengths(1);
                case RdbFormat.OPCODE_RESIZE_DB -> skipLengths(2);
                case RdbFormat.OPCODE_SLOT_INFO -> skipLengths(3);
                case RdbFormat.OPCODE_EXPIRE_TIME_MILLIS -> skip(Long.BYTES);
                case RdbFormat.OPCODE_EXPIRE_TIME_SECONDS -> skip(Integer.BYTES);
                case RdbFormat.OPCODE_FREQ -> skip(1);
                case RdbFormat.OPCODE_FUNCTION_2 -> skipString();
                case RdbFormat.OPCODE_MODULE_AUX -> skipModule();
                default -> {
                    skipString();
                    skipValue(type);
                }
            }
        }
        readLong();
        return offset();
    }

    /** Where the next byte is. */
    long offset() {
        return bufferEnd - buffer.remaining();
    }

    private void require(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return;
        }
        buffer.compact();
        while (buffer.position() < bytes) {
            int more = file.read(buffer.array(), buffer.position(), buffer.remaining());
            if (more < 0) {
                throw new EOFException("the snapshot ends too soon");
            }
            buffer.position(buffer.position() + more);
            bufferEnd += more;
        }
        buffer.flip();
    }

    /** Goes to a place. */
    void goTo(long offset) throws IOException {
        long begin = bufferEnd - buffer.limit();
        if (offset >= begin && offset <= bufferEnd) {
            buffer.position((int) (offset - begin));
        } else {
            file.position(offset);
            bufferEnd = offset;
            buffer.position(0);
            buffer.limit(0);
        }
    }

    void skip(long bytes) throws IOException {
        if (bytes < 0) {
            throw new IOException("a length is too large");
        }
        goTo(offset() + bytes);
    }

    int readByte() throws IOException {
        require(1);
        return buffer.get() & 0xff;
    }

    long readLong() throws IOException {
        require(Long.BYTES);
        return buffer.getLong();
    }

    /** A length, or how a string is kept. */
    long readLength() throws IOException {
        int first = readByte();
        isSpecial = false;
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> (first & 0x3fL) << 8 | readByte();
            case 2 -> readLongLength(first);
            default -> {
                isSpecial = true;
                yield first & 0x3f;
            }
        };
    }

    private long readLongLength(int first) throws IOException {
        if (first == 0x80) {
            require(Integer.BYTES);
            return Integer.reverseBytes(buffer.getInt()) & 0xffffffffL;
        }
        return Long.reverseBytes(readLong());
    }

    /** A string as a whole, numbers in digits; compressed ones are not expected. */
    byte[] readString() throws IOException {
        long length = readLength();
        if (isSpecial) {
            return Long.toString(readInteger((int) length))
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        }
        byte[] content = new byte[Math.toIntExact(length)];
        readFully(content);
        return content;
    }

    /**
     * The length of a string whose bytes come next.
     *
     * @return -1 when it is a number
     */
    long readStringLength() throws IOException {
        long begin = offset();
        long length = readLength();
        if (isSpecial) {
            goTo(begin);
            return -1;
        }
        return length;
    }

    private long readInteger(int bytes) throws IOException {
        return switch (bytes) {
            case 0 -> (byte) readByte();
            case 1 -> {
                require(Short.BYTES);
                yield buffer.getShort();
            }
            case 2 -> {
                require(Integer.BYTES);
                yield buffer.getInt();
            }
            default -> throw new IOException("a string is kept in an unknown way");
        };
    }

    private void readFully(byte[] target) throws IOException {
        int at = 0;
        while (at < target.length) {
            at += read(target, at, target.length - at);
        }
    }

    /** Reads some bytes, at least one. */
    int read(byte[] target, int at, int length) throws IOException {
        require(1);
        int part = Math.min(length, buffer.remaining());
        buffer.get(target, at, part);
        return part;
    }

    void skipString() throws IOException {
        long length = readLength();
        if (isSpecial && length == LZF) {
            long compressed = readLength();
            readLength();
            skip(compressed);
        } else {
            skip(isSpecial ? 1L << length : length);
        }
    }

    private void skipStrings(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            skipString();
        }
    }

    private void skipLengths(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            readLength();
        }
    }

    /** Passes over a value. */
    void skipValue(int layout) throws IOException {
        switch (layout) {
            case RdbFormat.TYPE_STRING,
                    RdbFormat.TYPE_SET_INTSET,
                    RdbFormat.TYPE_SET_LISTPACK,
                    RdbFormat.TYPE_HASH_LISTPACK,
                    RdbFormat.TYPE_ZSET_LISTPACK ->
                    skipString();
            case RdbFormat.TYPE_SET -> skipStrings(readLength());
            case RdbFormat.TYPE_HASH -> skipStrings(2 * readLength());
            case RdbFormat.TYPE_HASH_2 -> skipRow(2, Long.BYTES);
            case RdbFormat.TYPE_ZSET_2 -> skipRow(1, Double.BYTES);
            case RdbFormat.TYPE_LIST_QUICKLIST_2 -> {
                long nodes = readLength();
                for (long i = 0; i < nodes; i++) {
                    readLength();
                    skipString();
                }
            }
            case RdbFormat.TYPE_STREAM_LISTPACKS_3 -> skipStream();
            case RdbFormat.TYPE_MODULE_2 -> skipModule();
            default -> throw new IOException("a value has an unknown layout: " + layout);
        }
    }

    private void skipRow(int strings, int bytes) throws IOException {
        long count = readLength();
        for (long i = 0; i < count; i++) {
            skipStrings(strings);
            skip(bytes);
        }
    }

    private void skipStream() throws IOException {
        skipStrings(2 * readLength());
        skipLengths(8);
        long groups = readLength();
        for (long i = 0; i < groups; i++) {
            skipString();
            skipLengths(3);
            long pending = readLength();
            for (long j = 0; j < pending; j++) {
                skip(STREAM_ID_BYTES + Long.BYTES);
                readLength();
            }
            long consumers = readLength();
            for (long j = 0; j < consumers; j++) {
                skipString();
                skip(2 * Long.BYTES);
                skip(STREAM_ID_BYTES * readLength());
            }
        }
    }

    private void skipModule() throws IOException {
        readLength();
        for (long part = readLength(); part != 0; part = readLength()) {
            switch ((int) part) {
                case 1, 2 -> readLength();
                case 3 -> skip(Float.BYTES);
                case 4 -> skip(Double.BYTES);
                case 5 -> skipString();
                default -> throw new IOException("a value of a plugin has an unknown part");
            }
        }
    }
}
