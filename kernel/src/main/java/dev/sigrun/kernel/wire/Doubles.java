// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import dev.sigrun.memory.number.DoubleText;

/** Doubles as Valkey writes them: digits that read back as the same number, mostly the fewest. */
public final class Doubles {
    private Doubles() {}

    /** The text of a double in a reply. */
    public static String text(double value) {
        return new DoubleText().format(value).text();
    }
}
