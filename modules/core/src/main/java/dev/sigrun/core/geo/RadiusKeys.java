// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec.KeyFinder;
import dev.sigrun.spi.command.KeySpec.Use;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds the keys of GEORADIUS and GEORADIUSBYMEMBER: the one that is searched and, when there is
 * one, the last that is named to store at. Any thread.
 */
final class RadiusKeys implements KeyFinder {
    private static final int SOURCE = 1;
    private static final int FIRST_OPTION = 5;
    private static final Set<Use> READING = Collections.unmodifiableSet(EnumSet.of(RO, ACCESS));
    private static final Set<Use> STORING = Collections.unmodifiableSet(EnumSet.of(OW, UPDATE));

    @Override
    public int[] positions(Args args) {
        int target = 0;
        for (int i = FIRST_OPTION; i + 1 < args.count(); i++) {
            if (args.is(i, "STORE") || args.is(i, "STOREDIST")) {
                i++;
                target = i;
            }
        }
        return target == 0 ? new int[] {SOURCE} : new int[] {SOURCE, target};
    }

    @Override
    public Set<Use> uses(Args args, int position) {
        return position == SOURCE ? READING : STORING;
    }
}
