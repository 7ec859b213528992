// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

/** When what was written is made to last: what {@code appendfsync} says. */
public enum SyncPolicy {
    /** Before a client hears of it. */
    ALWAYS,
    /** Once a second. */
    EVERYSEC,
    /** When the operating system likes. */
    NO;

    static SyncPolicy named(String name) {
        return switch (name) {
            case "always" -> ALWAYS;
            case "no" -> NO;
            default -> EVERYSEC;
        };
    }
}
