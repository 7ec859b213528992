// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.key;

/** How a look-up counts; values are combined with {@code |}. */
public final class Access {
    /** In order to read: counts a hit or a miss and refreshes the access time. */
    public static final int READ = 0;

    /** In order to change: counts nothing. */
    public static final int WRITE = 1;

    /** Leaves the access time as it is. */
    public static final int NO_TOUCH = 2;

    /** Counts no hit and no miss and raises no event. */
    public static final int NO_STATS = 4;

    /** Finds a key that has expired but is still there. */
    public static final int EXPIRED_TOO = 8;

    private Access() {}
}
