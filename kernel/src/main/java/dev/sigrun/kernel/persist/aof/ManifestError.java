// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.util.List;

/** A manifest makes no sense. */
public final class ManifestError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final String line;

    /**
     * Says what is wrong.
     *
     * @param number of the line, from 1
     * @param line its content; null when the fault is not in a line
     */
    ManifestError(String message, int number, String line) {
        super(message);
        this.number = number;
        this.line = line;
    }

    /** What stands in the log. */
    public List<String> report() {
        String head = "*** FATAL AOF MANIFEST FILE ERROR ***";
        return line == null
                ? List.of(head, getMessage())
                : List.of(
                        head,
                        "Reading the manifest file, at line " + number,
                        ">>> '" + line + "'",
                        getMessage());
    }
}
