// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the very end. The JDK's own manager closes all logs as soon as the JVM
 * is asked to stop, when the most important lines are still to come. Any thread.
 */
public final class LastingLogManager extends LogManager {
    private boolean installed;

    /** Made by the JDK, which is told the name of this class. */
    public LastingLogManager() {}

    /** Must be called before anything is logged. */
    static void install() {
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    }

    @Override
    public synchronized void reset() {
        if (!installed) {
            installed = true;
            super.reset();
        }
    }
}
