// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import java.io.PrintStream;

/** What is said during a check, each with the place in the file. */
final class CheckNotes {
    private final PrintStream out;

    CheckNotes(PrintStream out) {
        this.out = out;
    }

    void say(long offset, String text) {
        out.println("[offset " + offset + "] " + text);
    }
}
