// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Arrays;

/** What SORT was asked for. Owner thread only; one object serves all commands. */
final class SortOptions {
    private static final int FIRST_OPTION = 2;

    /** An array beyond this is not kept for the next command. */
    private static final int KEPT_MAX = 256;

    private static final CommandException BY_DENIED =
            CommandException.of("BY option of SORT denied due to insufficient ACL permissions.");
    private static final CommandException GET_DENIED =
            CommandException.of("GET option of SORT denied due to insufficient ACL permissions.");

    private final SubstitutePattern weights = new SubstitutePattern();
    private boolean descending;
    private boolean alphabetic;
    private long offset;
    private long count;
    private int target;
    private boolean unsorted;
    private boolean weighted;

    /** Positions of the patterns of GET. */
    private int[] gets = new int[8];

    private int getCount;

    /**
     * Parses the arguments behind the key.
     *
     * @param readOnly whether STORE is none
     * @param anyKey whether keys may be read that are not among the arguments
     * @throws CommandException when they make no sense
     */
    void parse(Args args, boolean readOnly, boolean anyKey) throws CommandException {
        begin();
        int at = FIRST_OPTION;
        while (at < args.count()) {
            at += option(args, at, readOnly, anyKey);
        }
    }

    private void begin() {
        if (gets.length > KEPT_MAX) {
            gets = new int[KEPT_MAX];
        }
        descending = false;
        alphabetic = false;
        offset = 0;
        count = -1;
        target = 0;
        unsorted = false;
        weighted = false;
        getCount = 0;
    }

    /** Parses an option; gives the number of its arguments. */
    private int option(Args args, int at, boolean readOnly, boolean anyKey)
            throws CommandException {
        int behind = args.count() - at - 1;
        if (args.is(at, "ASC")) {
            descending = false;
            return 1;
        } else if (args.is(at, "DESC")) {
            descending = true;
            return 1;
        } else if (args.is(at, "ALPHA")) {
            alphabetic = true;
            return 1;
        } else if (args.is(at, "LIMIT") && behind >= 2) {
            offset = args.longAt(at + 1);
            count = args.longAt(at + 2);
            return 3;
        } else if (args.is(at, "STORE") && behind >= 1 && !readOnly) {
            target = at + 1;
            return 2;
        } else if (args.is(at, "BY") && behind >= 1) {
            weights.over(args.bytes(at + 1));
            weighted = weights.varies();
            if (weighted && !anyKey) {
                throw BY_DENIED;
            }
            // One that is the same for all elements stays in force: there is no order then.
            unsorted |= !weighted;
            return 2;
        } else if (args.is(at, "GET") && behind >= 1) {
            if (!anyKey) {
                throw GET_DENIED;
            }
            addGet(at + 1);
            return 2;
        }
        throw CommandException.SYNTAX;
    }

    private void addGet(int index) {
        if (getCount == gets.length) {
            gets = Arrays.copyOf(gets, 2 * getCount);
        }
        gets[getCount] = index;
        getCount++;
    }

    /** Sorts the elements by their bytes after all, although there was to be no order. */
    void sortByBytes() {
        unsorted = false;
        weighted = false;
        alphabetic = true;
    }

    /** Whether elements stay in the order that they have. */
    boolean isUnsorted() {
        return unsorted;
    }

    boolean isDescending() {
        return descending;
    }

    /** Whether texts are compared, and not numbers. */
    boolean isAlphabetic() {
        return alphabetic;
    }

    /** Whether elements are sorted by the contents of other keys. */
    boolean isWeighted() {
        return weighted;
    }

    /** The pattern of those keys. */
    SubstitutePattern weights() {
        return weights;
    }

    /** Position of the key to store at; 0 for none. */
    int target() {
        return target;
    }

    /** How many elements are passed over, of so many. */
    long first(long size) {
        return Math.clamp(offset, 0, size);
    }

    /** How many elements are wanted, of so many, behind those that are passed over. */
    long wanted(long size) {
        long left = size - first(size);
        return count < 0 ? left : Math.min(count, left);
    }

    /** Number of patterns of GET. */
    int getCount() {
        return getCount;
    }

    /** Position of a pattern of GET. */
    int get(int index) {
        return gets[index];
    }
}
