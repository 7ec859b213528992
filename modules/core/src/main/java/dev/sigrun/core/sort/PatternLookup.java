// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.hash.HashFields;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Finds what a pattern means for an element: the element itself, the string at a key, or the field
 * of the hash at a key. Owner thread only; one object serves all commands, and what it has found is
 * there until it looks for something else.
 */
final class PatternLookup {
    private final HashFields hashes;
    private final NameBuffer names;
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);
    private long address;
    private int length;

    PatternLookup(CoreMemory memory, HashFields hashes) {
        this.hashes = hashes;
        this.names = new NameBuffer(memory);
    }

    /** Forgets the names it has looked up. */
    void close() {
        names.close();
    }

    /** Looks; says whether there is anything. */
    boolean find(CommandContext context, SubstitutePattern pattern, long element, int elementLength)
            throws CommandException {
        if (pattern.isElement()) {
            address = element;
            length = elementLength;
            return true;
        } else if (!pattern.varies()) { // To fetch the same for all elements makes no sense.
            return false;
        }
        Bytes name = pattern.name(names, element, elementLength);
        Key key = context.keyspace().open(name, Access.READ);
        if (pattern.hasField()) {
            return findField(context, key, pattern);
        } else if (!key.isString()) {
            return false;
        }
        Bytes content = key.string();
        address = content.address();
        length = content.length();
        return true;
    }

    private boolean findField(CommandContext context, Key key, SubstitutePattern pattern) {
        long field =
                hashes.find(
                        key, pattern.fieldAddress(), pattern.fieldLength(), context.nowMillis());
        if (field == 0) {
            return false;
        }
        if (Element.isInteger(field)) {
            address = digits.address();
            length = Decimal.write(Element.integer(field), address);
        } else {
            address = Element.address(field);
            length = Element.length(field);
        }
        return true;
    }

    /** Address of what was found. */
    long address() {
        return address;
    }

    /** Length of what was found. */
    int length() {
        return length;
    }
}
