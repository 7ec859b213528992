// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SipHash;
import dev.sigrun.memory.number.Decimal;

/**
 * Owner thread only. A byte string that is looked for in a {@link Roll} or a {@link Dict} or about
 * to be put into one: a flyweight over bytes, an integer or an {@link Element} somewhere else, so
 * that nobody has to write an element down in order to compare it.
 *
 * <p>It owns nothing. The bytes it stands on must neither move nor change while it is used, so they
 * must not be part of the structure that is changed with it.
 */
public final class Item {
    private long address;
    private int length;
    private boolean integer;
    private long value;
    private long expiryMillis = Element.NO_EXPIRY;

    /** The element's first byte; for a string its length when that is all the first byte says. */
    private int code;

    private int plainBytes = 1;

    /** An item over nothing: the empty string. */
    public Item() {}

    /** Stands for these bytes, without a time. */
    public Item bytes(long newAddress, int newLength) {
        expiryMillis = Element.NO_EXPIRY;
        address = newAddress;
        length = newLength;
        integer = Decimal.isInteger(newAddress, newLength);
        if (integer) {
            integerCode(Decimal.value(newAddress, newLength));
        } else {
            textCode();
        }
        return this;
    }

    /** Stands for the digits of an integer, without a time. */
    public Item integer(long newValue) {
        expiryMillis = Element.NO_EXPIRY;
        address = 0;
        integer = true;
        integerCode(newValue);
        return this;
    }

    /** Stands for an element's content and time. */
    public Item element(long at) {
        if (Element.isInteger(at)) {
            integer(Element.integer(at));
        } else {
            // What is not stored as an integer is none.
            address = Element.address(at);
            length = Element.length(at);
            integer = false;
            textCode();
        }
        expiryMillis = Element.expiryMillis(at);
        return this;
    }

    /** Gives the element a time at which it ends; {@link Element#NO_EXPIRY} takes it away. */
    public Item expiryMillis(long unixMillis) {
        expiryMillis = unixMillis;
        return this;
    }

    private void textCode() {
        if (length <= Element.LITERAL_MAX) {
            code = length;
            plainBytes = 1 + length;
        } else if (length <= 0xffff) {
            code = Element.TEXT16;
            plainBytes = 3 + length;
        } else {
            code = Element.TEXT32;
            plainBytes = 5 + length;
        }
    }

    private void integerCode(long newValue) {
        value = newValue;
        if (newValue >= 0 && newValue < 0x100 - Element.SMALL) {
            code = Element.SMALL + (int) newValue;
            plainBytes = 1;
            return;
        }
        // The bits that tell the value from its sign, and one for the sign.
        int bits = Long.SIZE + 1 - Long.numberOfLeadingZeros(newValue ^ (newValue >> 63));
        int bytes = (bits + 7) >>> 3;
        if (bytes > 6) {
            bytes = 8;
        }
        code = bytes == 8 ? Element.INT64 : Element.INT8 + bytes - 1;
        plainBytes = 1 + bytes;
    }

    /** Whether the content is the canonical form of a signed 64-bit integer. */
    public boolean isInteger() {
        return integer;
    }

    /** The integer that the content is the canonical form of; see {@link #isInteger}. */
    public long integer() {
        return value;
    }

    /** The address of the content; 0 when only the integer was given. */
    public long address() {
        return address;
    }

    /** Number of bytes of the content; for an integer that of its digits, sign included. */
    public int length() {
        return integer ? Decimal.length(value) : length;
    }

    /** When the element ends, in milliseconds since the Unix epoch; {@link Element#NO_EXPIRY}. */
    public long expiryMillis() {
        return expiryMillis;
    }

    /** Bytes that {@link #write} writes, the time included. */
    public int encodedBytes() {
        return timeBytes() + plainBytes;
    }

    private int timeBytes() {
        return expiryMillis == Element.NO_EXPIRY ? 0 : Element.TIME_BYTES;
    }

    /**
     * Writes the element.
     *
     * @param target room for {@link #encodedBytes}
     * @return the address behind it
     */
    public long write(long target) {
        long at = writeTime(target);
        Memory.putByte(at, (byte) code);
        if (integer) {
            writeInteger(at + 1);
        } else if (code <= Element.LITERAL_MAX) {
            Memory.copy(address, at + 1, length);
        } else if (code == Element.TEXT16) {
            Memory.putShort(at + 1, (short) length);
            Memory.copy(address, at + 3, length);
        } else {
            Memory.putInt(at + 1, length);
            Memory.copy(address, at + 5, length);
        }
        return at + plainBytes;
    }

    private void writeInteger(long at) {
        int bytes = plainBytes - 1;
        switch (bytes) {
            case 0 -> {
                // The first byte says it all.
            }
            case 1 -> Memory.putByte(at, (byte) value);
            case 8 -> Memory.putLong(at, value);
            default -> {
                Memory.putShort(at, (short) value);
                for (int index = 2; index < bytes; index++) {
                    Memory.putByte(at + index, (byte) (value >> (index << 3)));
                }
            }
        }
    }

    private long writeTime(long target) {
        if (expiryMillis == Element.NO_EXPIRY) {
            return target;
        }
        Element.putTime(target, expiryMillis);
        return target + Element.TIME_BYTES;
    }

    /** Whether an element that has no time has this content. */
    boolean matches(long at) {
        int there = Memory.getByte(at) & 0xff;
        if (integer) {
            return there == code && Element.integer(at) == value;
        }
        if (there <= Element.LITERAL_MAX) {
            return there == length && Memory.equal(at + 1, address, length);
        }
        return there < Element.INT8
                && Element.length(at) == length
                && Memory.equal(Element.address(at), address, length);
    }

    /** A hash of the content that strangers cannot make collide. */
    long hash(long k0, long k1) {
        return integer ? SipHash.hash12(value, k0, k1) : SipHash.hash12(address, length, k0, k1);
    }

    /** The hash of the content of an element, the same as that of an item over it. */
    static long hash(long at, long k0, long k1) {
        return Element.isInteger(at)
                ? SipHash.hash12(Element.integer(at), k0, k1)
                : SipHash.hash12(Element.address(at), Element.length(at), k0, k1);
    }

    /** Whether a dictionary keeps the content in a block of its own. */
    boolean isLong() {
        return !integer && length > Element.LITERAL_MAX;
    }

    /** Bytes that the element takes in a dictionary, the time included. */
    int storedBytes() {
        return timeBytes() + (isLong() ? Element.OUTSIDE_BYTES : plainBytes);
    }

    /**
     * Writes the element as a dictionary has it.
     *
     * @param block the block that already has the content; 0 when it needs none
     * @return the address behind it
     */
    long store(long target, long block) {
        if (block == 0) {
            return write(target);
        }
        long at = writeTime(target);
        Element.putOutside(at, block, length);
        return at + Element.OUTSIDE_BYTES;
    }
}
