// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

/**
 * Why data could not be loaded.
 *
 * @param kind what is to blame
 * @param reason a sentence for the log
 * @param offset where in the input it was noticed
 * @param key the key at hand, shortened, as text for the log; null when there was none
 */
public record LoadFailure(Kind kind, String reason, long offset, String key) {
    /** What is to blame. */
    public enum Kind {
        /** There is no input. */
        MISSING,
        /** The input could not be read, or ended too soon. */
        INPUT,
        /** The input is no data of ours: other first bytes. */
        SIGNATURE,
        /** The format is too new, or somebody else's. */
        VERSION,
        /** The input says what it must not. */
        CORRUPT,
        /** The checksum is another. */
        CHECKSUM,
        /** A plugin is not there. */
        PLUGIN,
        /** There is no memory. */
        MEMORY,
        /** Somebody wanted it to end. */
        CANCELLED
    }

    /** For the log. */
    @Override
    public String toString() {
        return reason + " (offset " + offset + (key == null ? ")" : ", key '" + key + "')");
    }
}
