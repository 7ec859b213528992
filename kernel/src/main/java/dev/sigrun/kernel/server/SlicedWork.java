// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.loop.Owner;
import java.util.function.BooleanSupplier;

/**
 * Work of unknown length that the owner does beside commands: a slice at a time, with pauses in
 * which commands are served. Owner thread only.
 */
final class SlicedWork {
    /** Time from the end of one slice to the next. */
    static final long PAUSE_MILLIS = 2;

    private final Owner owner;
    private final BooleanSupplier slice;
    private final Runnable next = this::next;
    private boolean underWay;

    /**
     * Makes work that has not begun.
     *
     * @param slice does a part; says whether there is more
     */
    SlicedWork(Owner owner, BooleanSupplier slice) {
        this.owner = owner;
        this.slice = slice;
    }

    /** Begins with a slice, unless the work is under way. */
    void begin() {
        if (!underWay) {
            underWay = true;
            next();
        }
    }

    boolean isUnderWay() {
        return underWay;
    }

    private void next() {
        underWay = slice.getAsBoolean();
        if (underWay) {
            owner.after(PAUSE_MILLIS, next);
        }
    }
}
