// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

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
 * Finds the keys of SORT: the one that is sorted and, when there is one, the last that is named to
 * store at. Names that patterns make are not among them. Any thread.
 */
final class SortKeys implements KeyFinder {
    private static final int SOURCE = 1;
    private static final int FIRST_OPTION = 2;
    private static final Set<Use> READING = Collections.unmodifiableSet(EnumSet.of(RO, ACCESS));
    private static final Set<Use> STORING = Collections.unmodifiableSet(EnumSet.of(OW, UPDATE));

    private final boolean stores;

    /**
     * Makes a finder.
     *
     * @param stores whether the command knows STORE
     */
    SortKeys(boolean stores) {
        this.stores = stores;
    }

    @Override
    public int[] positions(Args args) {
        int target = stores ? target(args) : 0;
        return target == 0 ? new int[] {SOURCE} : new int[] {SOURCE, target};
    }

    private static int target(Args args) {
        int target = 0;
        for (int i = FIRST_OPTION; i < args.count(); i++) {
            if (args.is(i, "LIMIT")) {
                i += 2;
            } else if (args.is(i, "GET") || args.is(i, "BY")) {
                i++;
            } else if (args.is(i, "STORE") && i + 1 < args.count()) {
                target = i + 1;
            }
        }
        return target;
    }

    @Override
    public Set<Use> uses(Args args, int position) {
        return position == SOURCE ? READING : STORING;
    }
}
