// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * Confined to one thread. Content to compare many entries with: whether it is an integer is found
 * out once, not for each of them. A flyweight over bytes that stay the caller's.
 */
public final class Sought {
    private long address;
    private long length;
    private boolean isInteger;
    private long value;

    /** Seeks these bytes from now on. */
    public Sought wrap(long contentAddress, long contentLength) {
        address = contentAddress;
        length = contentLength;
        isInteger = Decimal.isInteger(address, length);
        value = isInteger ? Decimal.value(address, length) : 0;
        return this;
    }

    /** Whether an entry of a listpack has the content. */
    public boolean matches(long entry) {
        return Listpack.isInteger(entry)
                ? isInteger && Listpack.integer(entry) == value
                : matches(Listpack.stringAddress(entry), Listpack.stringLength(entry));
    }

    /** Whether bytes that are in no listpack are the content. */
    public boolean matches(long otherAddress, long otherLength) {
        return otherLength == length && Memory.equal(otherAddress, address, length);
    }
}
