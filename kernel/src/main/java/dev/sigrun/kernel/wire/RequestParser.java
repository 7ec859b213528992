// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import dev.sigrun.memory.Memory;

/**
 * Parses requests, multi-bulk and inline, from a buffer that fills up over time. It goes on where
 * it stopped, so a large request is looked at once. Errors are Valkey's, word for word; after one
 * the connection is closed, so the parser need not find its way again.
 */
public final class RequestParser {
    /** The longest line that holds a number, or an inline request. */
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private static final int ANONYMOUS_ARGUMENTS_MAX = 10;
    private static final int ANONYMOUS_BULK_BYTES_MAX = 16 * 1024;
    private static final long NOT_YET = Long.MIN_VALUE;
    private static final long BAD = Long.MIN_VALUE + 1;

    private final InlineRequest inline = new InlineRequest();
    private int position;
    private int commandStart;
    private int argumentsLeft;
    private long bulkLength = -1;
    private boolean inMultibulk;
    private String error;

    /** What is wrong with the input, or null. */
    public String error() {
        return error;
    }

    /** Where the incomplete command begins; everything before has been taken. */
    public int commandStart() {
        return commandStart;
    }

    /** How far the input has been looked at. */
    public int position() {
        return position;
    }

    /**
     * How many more bytes the argument at hand needs, as far as they are known; a claim, not a
     * reason to allocate.
     *
     * @param limit where the input ends
     */
    public long missingBytes(int limit) {
        return inMultibulk && bulkLength >= 0 ? Math.max(position + bulkLength + 2 - limit, 0) : 0;
    }

    /** Says that the incomplete command now begins at the base. */
    public void rebase() {
        position -= commandStart;
        commandStart = 0;
    }

    /**
     * Parses until the input ends, the batch is full or something is wrong.
     *
     * @param base address of the buffer
     * @param limit number of bytes in it
     * @param commandsMax stops after this many commands in the batch
     * @param bulkBytesMax {@code proto-max-bulk-len}
     * @param authenticated whether the client may send large requests
     */
    public void parse(
            RequestBatch batch,
            long base,
            int limit,
            int commandsMax,
            long bulkBytesMax,
            boolean authenticated) {
        while (error == null && batch.commands() < commandsMax && !batch.isFull()) {
            if (!inMultibulk) {
                if (position >= limit) {
                    return;
                }
                commandStart = position;
                boolean progress =
                        Memory.getByte(base + position) == '*'
                                ? beginMultibulk(base, limit, authenticated)
                                : parseInline(batch, base, limit);
                if (!progress) {
                    return;
                }
            } else if (!parseArguments(batch, base, limit, bulkBytesMax, authenticated)) {
                return;
            }
        }
    }

    private boolean beginMultibulk(long base, int limit, boolean authenticated) {
        long count = number(base, limit, "too big mbulk count string");
        if (count == NOT_YET) {
            return false;
        }
        if (count == BAD || count > Integer.MAX_VALUE) {
            return fail("invalid multibulk length");
        }
        if (count > ANONYMOUS_ARGUMENTS_MAX && !authenticated) {
            return fail("unauthenticated multibulk length");
        }
        if (count <= 0) {
            // An empty request is no request, and has no reply.
            commandStart = position;
            return true;
        }
        argumentsLeft = (int) count;
        bulkLength = -1;
        inMultibulk = true;
        return true;
    }

    private boolean parseArguments(
            RequestBatch batch, long base, int limit, long bulkBytesMax, boolean authenticated) {
        while (argumentsLeft > 0) {
            if (bulkLength < 0 && !beginBulk(base, limit, bulkBytesMax, authenticated)) {
                return false;
            }
            if (limit - position < bulkLength + 2) {
                return false;
            }
            int end = position + (int) bulkLength;
            if (Memory.getShort(base + end) != ('\r' | '\n' << 8)) {
                return fail("invalid CRLF in request");
            }
            batch.add(position, (int) bulkLength);
            position = end + 2;
            bulkLength = -1;
            argumentsLeft--;
        }
        batch.commit();
        inMultibulk = false;
        commandStart = position;
        return true;
    }

    private boolean beginBulk(long base, int limit, long bulkBytesMax, boolean authenticated) {
        if (position >= limit) {
            return false;
        }
        int mark = Memory.getByte(base + position);
        if (mark != '$') {
            return fail("expected '$', got '" + printable(mark) + "'");
        }
        long length = number(base, limit, "too big bulk count string");
        if (length == NOT_YET) {
            return false;
        }
        if (length == BAD || length < 0 || length > bulkBytesMax) {
            return fail("invalid bulk length");
        }
        if (length > ANONYMOUS_BULK_BYTES_MAX && !authenticated) {
            return fail("unauthenticated bulk length");
        }
        bulkLength = length;
        return true;
    }

    private static char printable(int mark) {
        return (char) (mark & 0xFF);
    }

    /** Reads the number behind the mark at the present position, and goes behind its line. */
    private long number(long base, int limit, String tooLong) {
        int at = position + 1;
        boolean negative = at < limit && Memory.getByte(base + at) == '-';
        if (negative) {
            at++;
        }
        int firstDigit = at;
        long value = 0;
        boolean good = true;
        while (at < limit) {
            int c = Memory.getByte(base + at);
            if (c == '\r') {
                break;
            }
            int digit = c - '0';
            if (digit < 0 || digit > 9 || value > Long.MAX_VALUE / 10 - 1) {
                good = false;
            } else {
                value = value * 10 + digit;
            }
            at++;
        }
        if (at >= limit) {
            if (limit - position > LINE_BYTES_MAX) {
                fail(tooLong);
            }
            return NOT_YET;
        }
        if (at + 1 >= limit) {
            return NOT_YET;
        }
        if (Memory.getByte(base + at + 1) != '\n') {
            fail("invalid CRLF in request");
            return NOT_YET;
        }
        if (at == firstDigit || leadingZero(base, firstDigit, at)) {
            good = false;
        }
        position = at + 2;
        return good ? negative ? -value : value : BAD;
    }

    private static boolean leadingZero(long base, int firstDigit, int end) {
        return end - firstDigit > 1 && Memory.getByte(base + firstDigit) == '0';
    }

    private boolean parseInline(RequestBatch batch, long base, int limit) {
        int newline = position;
        while (newline < limit && Memory.getByte(base + newline) != '\n') {
            newline++;
        }
        if (newline == limit) {
            return limit - position > LINE_BYTES_MAX && fail("too big inline request");
        }
        int end = newline;
        if (end > position && Memory.getByte(base + end - 1) == '\r') {
            end--;
        }
        if (!inline.split(batch, base, position, end)) {
            batch.dropPartial();
            return fail("unbalanced quotes in request");
        }
        position = newline + 1;
        commandStart = position;
        if (batch.partial() > 0) {
            batch.commit();
        }
        return true;
    }

    private boolean fail(String what) {
        error = what;
        return false;
    }
}
