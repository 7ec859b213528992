// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The content of an element or an item as bytes, an integer as its digits. A flyweight: valid until
 * it is moved on, and as long as what it stands on is not changed. Owner thread only.
 */
public final class ElementBytes extends Bytes {
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    /** A view over nothing. */
    public ElementBytes() {}

    /** Moves the view over an element. */
    public ElementBytes over(long element) {
        return Element.isInteger(element)
                ? over(Element.integer(element), 0, 0)
                : over(0, Element.address(element), Element.length(element));
    }

    /** Moves the view over an item. */
    public ElementBytes over(Item item) {
        return item.isInteger()
                ? over(item.integer(), 0, 0)
                : over(0, item.address(), item.length());
    }

    private ElementBytes over(long value, long newAddress, int newLength) {
        if (newAddress == 0) {
            address = digits.address();
            length = Decimal.write(value, address);
        } else {
            address = newAddress;
            length = newLength;
        }
        return this;
    }
}
