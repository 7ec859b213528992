// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.type.CommandEmitter;
import java.util.Arrays;

/** Arguments that were acted upon, kept for the command's effect. Owner thread only. */
final class Positions {
    private int[] positions = new int[16];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int position) {
        if (count == positions.length) {
            positions = Arrays.copyOf(positions, count * 2);
        }
        positions[count++] = position;
    }

    int count() {
        return count;
    }

    /** Adds these arguments to an effect. */
    void emit(Args args, CommandEmitter effect) {
        for (int i = 0; i < count; i++) {
            effect.arg(args.bytes(positions[i]));
        }
    }
}
