// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

/** Which arguments of a command are channels that the user must be allowed. Any thread. */
enum ChannelUse {
    /** None. */
    NONE,
    /** The first one. */
    FIRST,
    /** All of them. */
    ALL,
    /** All of them, and they are patterns. */
    PATTERNS;

    /** What the command of a name does; leaving a channel is always allowed. */
    static ChannelUse of(String command) {
        return switch (command) {
            case "publish", "spublish" -> FIRST;
            case "subscribe", "ssubscribe" -> ALL;
            case "psubscribe" -> PATTERNS;
            default -> NONE;
        };
    }

    /** Position behind the last channel. */
    int end(int arguments) {
        return switch (this) {
            case NONE -> 0;
            case FIRST -> Math.min(2, arguments);
            default -> arguments;
        };
    }
}
