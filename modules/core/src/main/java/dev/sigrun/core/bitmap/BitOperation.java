// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** The operations of BITOP. A source that is too short counts as filled up with zeros. */
enum BitOperation {
    /** Bits that all sources have. */
    AND,
    /** Bits that any source has. */
    OR,
    /** Bits that an odd number of sources has. */
    XOR,
    /** Bits that the one source lacks. */
    NOT;

    /**
     * The operation of a name.
     *
     * @throws CommandException when there is none
     */
    static BitOperation of(Bytes name) throws CommandException {
        if (name.is("AND")) {
            return AND;
        } else if (name.is("OR")) {
            return OR;
        } else if (name.is("XOR")) {
            return XOR;
        } else if (name.is("NOT")) {
            return NOT;
        }
        throw CommandException.SYNTAX;
    }

    /**
     * Begins a part of the result with the first source.
     *
     * @param available bytes of the source that lie in this part, at most {@code length}
     */
    void begin(long target, int length, long source, int available) {
        Memory.copy(source, target, available);
        WordCombine.clear(target + available, length - available);
        if (this == NOT) {
            WordCombine.not(target, length);
        }
    }

    /** Combines a part of the result with one more source. */
    void combine(long target, int length, long source, int available) {
        switch (this) {
            case AND -> {
                WordCombine.and(target, source, available);
                WordCombine.clear(target + available, length - available);
            }
            case OR -> WordCombine.or(target, source, available);
            case XOR -> WordCombine.xor(target, source, available);
            case NOT -> throw new IllegalStateException("NOT takes one source");
        }
    }
}
