// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.kernel.rdb.RdbFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Turns a snapshot into commands that make the same data, for a base without the form of a
 * snapshot: strings become {@code SET}, everything else {@code RESTORE}, whose payload is what
 * stands in the snapshot. So no value has to be looked into, and the owner has nothing to do with
 * it. One thread at a time.
 */
final class CommandBase {
    private static final int MAGIC_BYTES = 9;
    private static final int PAYLOAD_END_BYTES = 10;
    private static final int PART_BYTES = 64 * 1024;

    private final SnapshotBytes in;
    private final Disk.Appending out;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(4 * PART_BYTES);
    private final byte[] part = new byte[PART_BYTES];
    private long bytes;
    private int version;
    private long expiryMillis = -1;
    private byte[] selected;

    CommandBase(SnapshotBytes in, Disk.Appending out) {
        this.in = in;
        this.out = out;
    }

    /**
     * Writes all commands.
     *
     * @param head what stands before them
     * @return how many bytes there are
     */
    long write(byte[] head) throws IOException {
        put(head, 0, head.length);
        byte[] magic = new byte[MAGIC_BYTES];
        for (int i = 0; i < MAGIC_BYTES; i++) {
            magic[i] = (byte) in.readByte();
        }
        String text = new String(magic, StandardCharsets.US_ASCII);
        version = Integer.parseInt(text.substring(text.startsWith("VALKEY") ? 6 : 5));
        boolean more = takeNext();
        while (more) {
            more = takeNext();
        }
        flush();
        return bytes;
    }

    private boolean takeNext() throws IOException {
        int type = in.readByte();
        switch (type) {
            case RdbFormat.OPCODE_EOF -> {
                return false;
            }
            case RdbFormat.OPCODE_AUX -> {
                in.skipString();
                in.skipString();
            }
            case RdbFormat.OPCODE_SELECT_DB -> selected = digits(in.readLength());
            case RdbFormat.OPCODE_RESIZE_DB -> {
                in.readLength();
                in.readLength();
            }
            case RdbFormat.OPCODE_EXPIRE_TIME_MILLIS -> expiryMillis = in.readLong();
            case RdbFormat.OPCODE_FREQ -> in.skip(1);
            case RdbFormat.OPCODE_IDLE -> in.readLength();
            case RdbFormat.OPCODE_FUNCTION_2 -> {
                command(3, "FUNCTION", "LOAD");
                bulk(in.readString());
            }
            default -> key(type);
        }
        return true;
    }

    private void key(int type) throws IOException {
        if (type >= RdbFormat.OPCODE_SLOT_IMPORT) {
            throw new IOException("the snapshot says something that is no command: " + type);
        }
        if (selected != null) {
            command(2, "SELECT");
            bulk(selected);
            selected = null;
        }
        byte[] name = in.readString();
        if (type == RdbFormat.TYPE_STRING) {
            string(name);
        } else {
            restore(type, name);
        }
        expiryMillis = -1;
    }

    private void string(byte[] name) throws IOException {
        command(3, "SET");
        bulk(name);
        long length = in.readStringLength();
        if (length < 0) {
            bulk(in.readString());
        } else {
            header('$', length);
            copy(length, 0);
            put('\r', '\n');
        }
        if (expiryMillis >= 0) {
            command(3, "PEXPIREAT");
            bulk(name);
            bulk(digits(expiryMillis));
        }
    }

    private void restore(int type, byte[] name) throws IOException {
        long begin = in.offset();
        in.skipValue(type);
        long length = in.offset() - begin;
        in.goTo(begin);
        command(expiryMillis >= 0 ? 5 : 4, "RESTORE");
        bulk(name);
        bulk(digits(Math.max(expiryMillis, 0)));
        header('$', 1 + length + PAYLOAD_END_BYTES);
        byte[] first = {(byte) type};
        long sum = Crc64.update(0, first, 0, 1);
        put(first, 0, 1);
        sum = copy(length, sum);
        byte[] end = {(byte) version, (byte) (version >> 8)};
        sum = Crc64.update(sum, end, 0, end.length);
        put(end, 0, end.length);
        for (int i = 0; i < Long.BYTES; i++) {
            end[0] = (byte) (sum >>> (8 * i));
            put(end, 0, 1);
        }
        put('\r', '\n');
        if (expiryMillis >= 0) {
            bulk("ABSTTL".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private long copy(long length, long sumBefore) throws IOException {
        long sum = sumBefore;
        long left = length;
        while (left > 0) {
            int read = in.read(part, 0, (int) Math.min(left, part.length));
            sum = Crc64.update(sum, part, 0, read);
            put(part, 0, read);
            left -= read;
        }
        return sum;
    }

    private void command(int arguments, String... words) throws IOException {
        header('*', arguments);
        for (String word : words) {
            bulk(word.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void bulk(byte[] content) throws IOException {
        header('$', content.length);
        put(content, 0, content.length);
        put('\r', '\n');
    }

    private static byte[] digits(long value) {
        return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
    }

    private void header(char kind, long value) throws IOException {
        byte[] digits = digits(value);
        byte[] first = {(byte) kind};
        put(first, 0, 1);
        put(digits, 0, digits.length);
        put('\r', '\n');
    }

    private void put(char one, char other) throws IOException {
        byte[] both = {(byte) one, (byte) other};
        put(both, 0, 2);
    }

    private void put(byte[] content, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!pending.hasRemaining()) {
                flush();
            }
            int fits = Math.min(end - at, pending.remaining());
            pending.put(content, at, fits);
            at += fits;
        }
    }

    private void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            bytes += out.write(pending);
        }
        pending.clear();
    }
}
