// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/**
 * Owner thread only. Identifiers as clients write them: {@code ms-seq}, {@code ms} with the other
 * half left out, {@code -} and {@code +} for the lowest and the highest.
 *
 * <p>Numbers are read as the C library reads them where they are not in their plain form: with
 * blanks and a sign before, and with leading zeros. Clients have no reason to write such, but what
 * Valkey takes is taken here too.
 */
final class IdParser {
    private static final int LENGTH_MAX = 127;

    /** What may stand besides numbers. */
    private enum Form {
        /** The signs for the lowest and the highest identifier. */
        WITH_ENDS,
        /** Nothing. */
        STRICT,
        /** A star in place of the sequence number. */
        OPEN
    }

    /** The number that was read last. */
    private long number;

    private boolean sequenceGiven;

    /** Whether the identifier read last by {@link #readOpen} had a sequence number. */
    boolean isSequenceGiven() {
        return sequenceGiven;
    }

    /** Reads an identifier, {@code -} and {@code +} among them. */
    void read(Bytes text, long missingSeq, StreamId found) throws CommandException {
        if (!tryRead(text, 0, missingSeq, Form.WITH_ENDS, found)) {
            throw StreamErrors.INVALID_ID;
        }
    }

    /** Reads an identifier made of numbers. */
    void readStrict(Bytes text, long missingSeq, StreamId found) throws CommandException {
        if (!tryReadStrict(text, missingSeq, found)) {
            throw StreamErrors.INVALID_ID;
        }
    }

    /** Reads an identifier made of numbers; false when it is none. */
    boolean tryReadStrict(Bytes text, long missingSeq, StreamId found) {
        return tryRead(text, 0, missingSeq, Form.STRICT, found);
    }

    /** Reads an identifier made of numbers, of which the second may be a star, to be chosen. */
    void readOpen(Bytes text, StreamId found) throws CommandException {
        if (!tryRead(text, 0, 0, Form.OPEN, found)) {
            throw StreamErrors.INVALID_ID;
        }
    }

    /** Reads the lower end of a range. */
    void readStart(Bytes text, StreamId found) throws CommandException {
        if (isExclusive(text)) {
            readBehindMark(text, 0, found);
            if (!found.increment()) {
                throw StreamErrors.INVALID_START;
            }
        } else {
            read(text, 0, found);
        }
    }

    /** Reads the upper end of a range. */
    void readEnd(Bytes text, StreamId found) throws CommandException {
        if (isExclusive(text)) {
            readBehindMark(text, -1, found);
            if (!found.decrement()) {
                throw StreamErrors.INVALID_END;
            }
        } else {
            read(text, -1, found);
        }
    }

    private static boolean isExclusive(Bytes text) {
        return text.length() > 1 && text.byteAt(0) == '(';
    }

    private void readBehindMark(Bytes text, long missingSeq, StreamId found)
            throws CommandException {
        if (!tryRead(text, 1, missingSeq, Form.STRICT, found)) {
            throw StreamErrors.INVALID_ID;
        }
    }

    private boolean tryRead(Bytes text, int from, long missingSeq, Form form, StreamId found) {
        if (text.length() - from > LENGTH_MAX) {
            return false;
        }
        int end = indexOf(text, from, text.length(), '\0');
        sequenceGiven = true;
        if (end - from == 1 && (text.byteAt(from) == '-' || text.byteAt(from) == '+')) {
            long all = text.byteAt(from) == '-' ? 0 : -1;
            found.set(all, all);
            return form == Form.WITH_ENDS;
        }
        int dash = indexOf(text, from, end, '-');
        if (!readNumber(text, from, dash)) {
            return false;
        }
        long ms = number;
        long seq = missingSeq;
        if (dash < end) {
            if (form == Form.OPEN && end - dash == 2 && text.byteAt(dash + 1) == '*') {
                sequenceGiven = false;
                seq = 0;
            } else if (readNumber(text, dash + 1, end)) {
                seq = number;
            } else {
                return false;
            }
        }
        found.set(ms, seq);
        return true;
    }

    private static int indexOf(Bytes text, int from, int end, char wanted) {
        int at = from;
        while (at < end && text.byteAt(at) != wanted) {
            at++;
        }
        return at;
    }

    /** Reads an unsigned number of 64 bits that fills a range of the text. */
    private boolean readNumber(Bytes text, int from, int end) {
        int at = from;
        while (at < end && isBlank(text.byteAt(at))) {
            at++;
        }
        boolean negative = at < end && text.byteAt(at) == '-';
        if (negative || (at < end && text.byteAt(at) == '+')) {
            at++;
        }
        int first = at;
        number = 0;
        while (at < end) {
            int digit = text.byteAt(at) - '0';
            if (digit < 0 || digit > 9 || !append(digit)) {
                return false;
            }
            at++;
        }
        if (at == first) {
            return false;
        }
        if (negative) {
            // A negative number in its plain form is recognised and refused; any other wraps.
            boolean plain = first == from + 1 && text.byteAt(first) != '0';
            if (plain && number - 1 >= 0) {
                return false;
            }
            number = -number;
        }
        return true;
    }

    private boolean append(int digit) {
        if (Long.compareUnsigned(number, Long.divideUnsigned(-1, 10)) > 0) {
            return false;
        }
        long shifted = number * 10;
        number = shifted + digit;
        return Long.compareUnsigned(number, shifted) >= 0;
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
