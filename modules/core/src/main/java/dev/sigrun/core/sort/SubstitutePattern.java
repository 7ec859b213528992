// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.View;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;

/**
 * A pattern of BY or GET: the name of a key in which an element takes the place of the first
 * asterisk, and perhaps the name of a field of the hash there, behind {@code ->}. Owner thread
 * only; a flyweight over an argument.
 */
final class SubstitutePattern {
    private static final int NONE = -1;

    private final View name = new View();
    private Bytes pattern;
    private int asterisk;
    private int nameEnd;
    private int field;

    /** Looks at an argument. */
    SubstitutePattern over(Bytes argument) {
        pattern = argument;
        asterisk = find('*', 0);
        nameEnd = pattern.length();
        field = NONE;
        for (int i = asterisk + 1; asterisk != NONE && i < pattern.length() - 2; i++) {
            if (pattern.byteAt(i) == '-' && pattern.byteAt(i + 1) == '>') {
                nameEnd = i;
                field = i + 2;
                break;
            }
        }
        return this;
    }

    private int find(char letter, int from) {
        for (int i = from; i < pattern.length(); i++) {
            if (pattern.byteAt(i) == letter) {
                return i;
            }
        }
        return NONE;
    }

    /** Whether it stands for the element itself. */
    boolean isElement() {
        return pattern.length() == 1 && pattern.byteAt(0) == '#';
    }

    /** Whether the name depends on the element. */
    boolean varies() {
        return asterisk != NONE;
    }

    /** Whether a field of a hash is named. */
    boolean hasField() {
        return field != NONE;
    }

    /** Address of the field's name. */
    long fieldAddress() {
        return pattern.address() + field;
    }

    /** Length of the field's name. */
    int fieldLength() {
        return pattern.length() - field;
    }

    /**
     * The name of the key for an element; there until the next one is asked for.
     *
     * @param buffer where the name is written
     */
    Bytes name(NameBuffer buffer, long element, int elementLength) {
        int tail = nameEnd - asterisk - 1;
        int length = Math.addExact(asterisk + tail, elementLength);
        long address = buffer.room(length);
        Memory.copy(pattern.address(), address, asterisk);
        Memory.copy(element, address + asterisk, elementLength);
        Memory.copy(pattern.address() + asterisk + 1, address + asterisk + elementLength, tail);
        return name.over(address, length);
    }
}
