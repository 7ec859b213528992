// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec.KeyFinder;
import dev.sigrun.spi.command.KeySpec.Use;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Says what BITFIELD does with its key: with nothing but GET it only reads. Arguments that make no
 * sense count as a change, which is the safe side. Any thread.
 */
final class BitfieldKeys implements KeyFinder {
    private static final int FIRST_STEP = 2;
    private static final int[] POSITIONS = {1};
    private static final Set<Use> READING = Collections.unmodifiableSet(EnumSet.of(RO, ACCESS));
    private static final Set<Use> CHANGING =
            Collections.unmodifiableSet(EnumSet.of(RW, ACCESS, UPDATE));

    @Override
    public int[] positions(Args args) {
        return POSITIONS;
    }

    @Override
    public Set<Use> uses(Args args, int position) {
        int count = args.count();
        int at = FIRST_STEP;
        while (at < count) {
            if (args.is(at, "get") && at + 2 < count) {
                at += 3;
            } else if (args.is(at, "overflow") && at + 1 < count) {
                at += 2;
            } else {
                return CHANGING;
            }
        }
        return READING;
    }
}
