// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the very end. The JDK's own manager closes all logs as soon as the JVM
 * is asked to stop, when the most important lines are still to come. Any thread.
 */
public final class LastingLogManager extends LogManager {
    /** What the JDK takes the name of this class from; it counts when it is set in time. */
    static final String PROPERTY = "java.util.logging.manager";

    private static volatile boolean kept;

    /** Made by the JDK, which is told the name of this class. */
    public LastingLogManager() {}

    /** Keeps the handlers that there are now. */
    static void keep() {
        kept = true;
    }

    @Override
    public void reset() {
        if (!kept) {
            super.reset();
        }
    }
}
