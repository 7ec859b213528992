// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.element;

import dev.sigrun.memory.SteppedWalk;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.ValueWalk;

/**
 * Encodes a large value in steps: whatever the walk of its structure shows is written at once.
 * Owner thread only.
 *
 * @param walk the walk, whose visitor writes what it is shown
 */
public record ElementWalk(SteppedWalk walk) implements ValueWalk {
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
