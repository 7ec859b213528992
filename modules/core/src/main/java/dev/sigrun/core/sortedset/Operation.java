// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

/** What a command makes of several sets. */
enum Operation {
    UNION("ZUNION", "zunionstore"),
    INTER("ZINTER", "zinterstore"),
    DIFF("ZDIFF", "zdiffstore");

    /** The command that answers the result. */
    final String command;

    /** The event when the result is stored. */
    final String event;

    Operation(String command, String event) {
        this.command = command;
        this.event = event;
    }
}
