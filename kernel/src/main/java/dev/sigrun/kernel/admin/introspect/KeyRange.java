// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;

/**
 * Where the keys are in the old way of saying it, which is one range, and whether that is the whole
 * truth. Immutable, any thread.
 *
 * @param first position of the first key; 0 when there is no range
 * @param last position of the last key, from the end when negative
 * @param step distance between keys
 * @param movable whether there may be keys outside of the range
 */
record KeyRange(int first, int last, int step, boolean movable) {
    /** Boils the specifications of a command down. */
    static KeyRange of(CommandSpec spec) {
        boolean declared = spec.flags().contains(CommandFlag.MOVABLEKEYS);
        if (spec.keys().isEmpty()) {
            return new KeyRange(0, 0, 0, declared || spec.finder() != null);
        }
        KeySpec only = spec.keys().get(0);
        if (spec.keys().size() == 1 && isRange(only)) {
            boolean movable = declared || only.uses().contains(Use.INCOMPLETE);
            return new KeyRange(only.beginIndex(), lastOf(only), only.step(), movable);
        }
        return joined(spec, declared);
    }

    /** Joins ranges that follow on each other; everything else makes the keys movable. */
    private static KeyRange joined(CommandSpec spec, boolean declared) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        int before = 0;
        boolean movable = declared;
        for (KeySpec keys : spec.keys()) {
            boolean follows = before == 0 || before == keys.beginIndex() - 1;
            if (!isRange(keys) || keys.step() != 1 || !follows) {
                movable = true;
                continue;
            }
            movable |= keys.uses().contains(Use.INCOMPLETE);
            first = Math.min(first, keys.beginIndex());
            // A range up to the end, whose last position is negative, is the longest.
            last = Integer.compareUnsigned(last, lastOf(keys)) > 0 ? last : lastOf(keys);
            before = last;
        }
        return first == Integer.MAX_VALUE
                ? new KeyRange(0, 0, 0, true)
                : new KeyRange(first, last, 1, movable);
    }

    private static boolean isRange(KeySpec keys) {
        return !keys.isUnknown() && !keys.isCounted() && keys.beginKeyword() == null;
    }

    private static int lastOf(KeySpec range) {
        return range.last() < 0 ? range.last() : range.beginIndex() + range.last();
    }
}
