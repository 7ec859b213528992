// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;

/**
 * Writes replies, in the form of the client's protocol version, one behind the other. The hot
 * replies (integers, bulk strings, nulls, OK) allocate nothing.
 */
public final class ReplyBuffer implements ReplyWriter {
    /** Room for a type mark, a number and two line ends. */
    private static final int HEADER_BYTES_MAX = 32;

    private static final int CRLF = '\r' | '\n' << 8;
    private static final long OK =
            '+' | 'O' << 8 | 'K' << 16 | (long) '\r' << 24 | (long) '\n' << 32;

    /** Stands for an error that makes a command fail and is not counted again. */
    public static final CommandException COUNTED_BEFORE =
            new CommandException("ERR", "an error inside of the command");

    private ReplySpace space;
    private long address;
    private int capacity;
    private int used;
    private boolean resp3;
    private CommandException lastError;
    private Guard guard = bytes -> {};

    /** Is asked before replies grow beyond the room that they have. */
    @FunctionalInterface
    public interface Guard {
        /**
         * Lets them grow, or throws what ends the command.
         *
         * @param bytes all replies that wait for this client and are not on their way
         */
        void grows(long bytes);
    }

    /** Says who is asked before replies grow. */
    public void guard(Guard newGuard) {
        guard = newGuard;
    }

    /** Where replies were being written, to go on there later. */
    public static final class Place {
        private ReplySpace space;
        private long address;
        private int capacity;
        private int used;
        private boolean resp3;
    }

    /** Remembers where replies are being written, for the time that others go elsewhere. */
    public void leave(Place place) {
        place.space = space;
        place.address = address;
        place.capacity = capacity;
        place.used = used;
        place.resp3 = resp3;
    }

    /** Goes on where {@link #leave} has left. */
    public void comeBack(Place place) {
        space = place.space;
        address = place.address;
        capacity = place.capacity;
        used = place.used;
        resp3 = place.resp3;
    }

    /** Begins to write to a space that has {@code alreadyUsed} bytes in it. */
    public void wrap(ReplySpace replySpace, int alreadyUsed) {
        space = replySpace;
        address = replySpace.address();
        capacity = replySpace.capacity();
        used = alreadyUsed;
    }

    /** Chooses the protocol version, 2 or 3. */
    public void protocol(int version) {
        resp3 = version == 3;
    }

    /** Whether replies are written in RESP3. */
    public boolean isResp3() {
        return resp3;
    }

    /** Bytes written so far. */
    public int used() {
        return used;
    }

    /** Takes back everything behind a position. */
    public void truncate(int position) {
        used = position;
    }

    /** The last error that was written since it was asked for, or null. */
    public CommandException takeError() {
        CommandException error = lastError;
        lastError = null;
        return error;
    }

    private long room(int bytes) {
        if (capacity - used < bytes) {
            guard.grows((long) used + bytes);
            space.grow(used, bytes);
            address = space.address();
            capacity = space.capacity();
        }
        return address + used;
    }

    private void number(char mark, long value) {
        long at = room(HEADER_BYTES_MAX);
        Memory.putByte(at, (byte) mark);
        int digits = Decimal.write(value, at + 1);
        Memory.putShort(at + 1 + digits, (short) CRLF);
        used += digits + 3;
    }

    private void ascii(String text) {
        long at = room(text.length());
        for (int i = 0; i < text.length(); i++) {
            Memory.putByte(at + i, (byte) text.charAt(i));
        }
        used += text.length();
    }

    private void end() {
        Memory.putShort(room(2), (short) CRLF);
        used += 2;
    }

    @Override
    public void ok() {
        Memory.putLong(room(8), OK);
        used += 5;
    }

    @Override
    public void simple(String text) {
        Memory.putByte(room(1), (byte) '+');
        used++;
        ascii(text);
        end();
    }

    @Override
    public void error(CommandException error) {
        lastError = error;
        error(error.getMessage());
    }

    /** Whether the text may quote an argument, which has a character for each byte. */
    private static boolean isBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** An error that was counted when it came up, inside of what now fails because of it. */
    public void errorCountedBefore(String text) {
        error(text);
        lastError = COUNTED_BEFORE;
    }

    /** An error with its code; line breaks in it become blanks, so that it stays one reply. */
    public void error(String text) {
        Memory.putByte(room(1), (byte) '-');
        used++;
        int from = used;
        encoded(
                text.getBytes(
                        isBytes(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
        for (int i = from; i < used; i++) {
            int c = Memory.getByte(address + i);
            if (c == '\r' || c == '\n') {
                Memory.putByte(address + i, (byte) ' ');
            }
        }
        end();
    }

    @Override
    public void integer(long value) {
        number(':', value);
    }

    @Override
    public void bulk(Bytes content) {
        bulk(content.address(), content.length());
    }

    @Override
    public void bulk(long source, int length) {
        number('$', length);
        // The number and the content may be far apart in size; room is asked for once more.
        long at = room(length + 2);
        Memory.copy(source, at, length);
        Memory.putShort(at + length, (short) CRLF);
        used += length + 2;
    }

    @Override
    public void bulk(byte[] content) {
        number('$', content.length);
        encoded(content);
        end();
    }

    @Override
    public void bulk(String text) {
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bulk(long value) {
        number('$', Decimal.length(value));
        used += Decimal.write(value, room(Decimal.BYTES_MAX));
        end();
    }

    @Override
    public void verbatim(String format, String text) {
        verbatim(format, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void verbatim(String format, byte[] content) {
        if (!resp3) {
            bulk(content);
            return;
        }
        number('=', content.length + 4);
        ascii(format);
        ascii(":");
        encoded(content);
        end();
    }

    @Override
    public void dbl(double value) {
        String text = Doubles.text(value);
        if (resp3) {
            ascii(",");
            ascii(text);
            end();
        } else {
            bulk(text);
        }
    }

    @Override
    public void dbl(long digits, int length) {
        if (!resp3) {
            bulk(digits, length);
            return;
        }
        long at = room(length + 3);
        Memory.putByte(at, (byte) ',');
        Memory.copy(digits, at + 1, length);
        Memory.putShort(at + 1 + length, (short) CRLF);
        used += length + 3;
    }

    @Override
    public void bool(boolean value) {
        if (resp3) {
            ascii(value ? "#t\r\n" : "#f\r\n");
        } else {
            integer(value ? 1 : 0);
        }
    }

    @Override
    public void nil() {
        if (resp3) {
            ascii("_\r\n");
        } else {
            ascii("$-1\r\n");
        }
    }

    @Override
    public void nilArray() {
        ascii(resp3 ? "_\r\n" : "*-1\r\n");
    }

    @Override
    public void array(int length) {
        number('*', length);
    }

    @Override
    public void map(int length) {
        number(resp3 ? '%' : '*', resp3 ? length : 2L * length);
    }

    @Override
    public void set(int length) {
        number(resp3 ? '~' : '*', length);
    }

    @Override
    public void bigNumber(String digits) {
        if (resp3) {
            ascii("(");
            ascii(digits);
            end();
        } else {
            bulk(digits);
        }
    }

    /** Begins attributes of the value that follows, as so many pairs; only in RESP3. */
    public void attribute(int length) {
        number('|', length);
    }

    /** Replies that were encoded elsewhere, in this client's protocol. */
    public void encoded(long source, int length) {
        Memory.copy(source, room(length), length);
        used += length;
    }

    /** As above, from the heap. */
    public void encoded(byte[] source) {
        Memory.copy(source, 0, room(source.length), source.length);
        used += source.length;
    }

    /** Begins an out-of-band message; only for clients of RESP3. */
    public void push(int length) {
        number(resp3 ? '>' : '*', length);
    }

    @Override
    public long deferredArray() {
        return used;
    }

    @Override
    public void closeArray(long mark, int length) {
        insertHeader((int) mark, '*', length);
    }

    @Override
    public void closeSet(long mark, int length) {
        insertHeader((int) mark, resp3 ? '~' : '*', length);
    }

    @Override
    public void closeMap(long mark, int length) {
        insertHeader((int) mark, resp3 ? '%' : '*', resp3 ? length : 2L * length);
    }

    private void insertHeader(int mark, char kind, long count) {
        int header = 1 + Decimal.length(count) + 2;
        room(HEADER_BYTES_MAX);
        Memory.copy(address + mark, address + mark + header, used - mark);
        Memory.putByte(address + mark, (byte) kind);
        int digits = Decimal.write(count, address + mark + 1);
        Memory.putShort(address + mark + 1 + digits, (short) CRLF);
        used += header;
    }
}
