// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.memory.dict.DictWalk;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.ValueWalk;

/** Encodes a dictionary in steps. Owner thread only. */
public final class ElementWalk implements ValueWalk {
    private final DictWalk walk;

    /** Encodes what the walk's visitor writes. */
    public ElementWalk(DictWalk walk) {
        this.walk = walk;
    }

    /** Writes an element as a string. */
    public static void write(NativeOutput out, long element) {
        if (Element.isInteger(element)) {
            out.writeIntegerString(Element.integer(element));
        } else {
            out.writeString(Element.address(element), Element.length(element));
        }
    }

    @Override
    public boolean step() {
        return walk.step();
    }

    @Override
    public void close() {
        walk.close();
    }
}
