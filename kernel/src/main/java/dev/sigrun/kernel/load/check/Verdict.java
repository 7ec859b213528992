// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import java.io.PrintStream;

/** What a check has counted so far. */
final class Verdict {
    private long keys;
    private long expiring;
    private long expired;
    private long libraries;
    private long scripts;
    private long empty;
    private long absent;

    void key(boolean expires, boolean isExpired) {
        keys++;
        expiring += expires ? 1 : 0;
        expired += isExpired ? 1 : 0;
    }

    void library() {
        libraries++;
    }

    void script() {
        scripts++;
    }

    /** A value has no elements: it would be left out. */
    void empty() {
        empty++;
    }

    /** Nobody here can look into a value. */
    void absent() {
        absent++;
    }

    void print(PrintStream out) {
        out.println("[info] " + keys + " keys read");
        out.println("[info] " + expiring + " expires");
        out.println("[info] " + expired + " already expired");
        out.println("[info] " + libraries + " functions");
        if (scripts > 0) {
            out.println("[info] " + scripts + " lua scripts read");
        }
        if (empty > 0) {
            out.println(
                    "[info] " + empty + " keys without elements, which are left out at loading");
        }
        if (absent > 0) {
            out.println(
                    "[info] " + absent + " values of plugins that are not here, not looked into");
        }
    }
}
