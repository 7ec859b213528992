// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.reply;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.command.CommandException;

/**
 * Writes one reply. A handler writes exactly one value; an aggregate is one value, made of its
 * length and then that many values (pairs for a map).
 *
 * <p>RESP3's types are written to a RESP2 client as that protocol's nearest: a map and a set as an
 * array, a double and a big number as a bulk string, a boolean as 0 or 1.
 */
@ForKernel
public interface ReplyWriter {
    /** The simple string {@code OK}. */
    void ok();

    /** A simple string; ASCII without line breaks. */
    void simple(String text);

    /** An error; the text begins with its code. */
    void error(CommandException error);

    /** An integer. */
    void integer(long value);

    /** A bulk string. */
    void bulk(Bytes content);

    /**
     * A bulk string from memory.
     *
     * @param address address of the first byte
     * @param length number of bytes
     */
    void bulk(long address, int length);

    /** A bulk string from the heap. */
    void bulk(byte[] content);

    /** A bulk string with {@code text} in UTF-8. */
    void bulk(String text);

    /** A bulk string with the decimal digits of {@code value}. */
    void bulk(long value);

    /** A string with a format hint, for example {@code txt}; a bulk string in RESP2. */
    void verbatim(String format, String text);

    /**
     * The same from the heap.
     *
     * @param format three characters
     */
    void verbatim(String format, byte[] content);

    /** A number beyond 64 bits, in decimal digits; a bulk string in RESP2. */
    void bigNumber(String digits);

    /** A double. */
    void dbl(double value);

    /**
     * A double in digits that the plugin has chosen, from memory.
     *
     * @param address address of the first digit or of the sign
     * @param length number of bytes
     */
    void dbl(long address, int length);

    /** A boolean. */
    void bool(boolean value);

    /** Nothing: a null, in RESP2 a null bulk string. */
    void nil();

    /** Nothing where an array would stand: a null, in RESP2 a null array. */
    void nilArray();

    /** Begins an array. */
    void array(int length);

    /** Begins a map of {@code length} pairs. */
    void map(int length);

    /** Begins a set. */
    void set(int length);

    /**
     * Begins an array whose length is not yet known.
     *
     * @return a mark for {@link #closeArray}
     */
    long deferredArray();

    /** Gives the array that {@code mark} began its length. Marks close in reverse order. */
    void closeArray(long mark, int length);

    /** Gives what {@code mark} began its length, as a set. */
    void closeSet(long mark, int length);

    /** Gives what {@code mark} began its length, as a map of that many pairs. */
    void closeMap(long mark, int length);
}
