// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec.KeyFinder;
import dev.sigrun.spi.command.KeySpec.Use;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Says what SET does with its key: only with GET it reads it. Any thread. */
final class SetKeys implements KeyFinder {
    private static final int FIRST_OPTION = 3;
    private static final int[] POSITIONS = {1};
    private static final Set<Use> BLIND = Collections.unmodifiableSet(EnumSet.of(OW, UPDATE));
    private static final Set<Use> READING =
            Collections.unmodifiableSet(EnumSet.of(RW, ACCESS, UPDATE));

    @Override
    public int[] positions(Args args) {
        return POSITIONS;
    }

    @Override
    public Set<Use> uses(Args args, int position) {
        // As on Valkey, a word that is not an option but its value counts as well.
        for (int i = FIRST_OPTION; i < args.count(); i++) {
            if (args.is(i, "get")) {
                return READING;
            }
        }
        return BLIND;
    }
}
