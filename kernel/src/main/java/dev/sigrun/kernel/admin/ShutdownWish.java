// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

/**
 * How the server is to end. Any thread.
 *
 * @param save whether data is saved even without rules
 * @param noSave whether it is not even with some
 * @param now whether nobody waits for replicas
 * @param force whether the end comes whatever fails
 */
public record ShutdownWish(boolean save, boolean noSave, boolean now, boolean force) {
    /** Nothing out of the ordinary. */
    public static final ShutdownWish DEFAULT = new ShutdownWish(false, false, false, false);

    /** What a directive such as {@code shutdown-on-sigterm} says, as its bits. */
    public static ShutdownWish of(long bits) {
        return new ShutdownWish((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
    }
}
