// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import java.util.function.Consumer;

/** Data that is loaded at start instead of the last snapshot: the append-only file. */
public interface StartupData {
    /** What comes of it. */
    enum Outcome {
        /** All is loaded. */
        LOADED,
        /** There is none, and none is needed. */
        ABSENT,
        /** It is of no use; the log says why, and the server must not start. */
        FAILED
    }

    /** Whether it is to be loaded. */
    boolean isWanted();

    /**
     * Begins to load it; clients are served with errors meanwhile.
     *
     * @param done hears on the owner, in a later turn, how it ended
     */
    void load(Consumer<Outcome> done);
}
