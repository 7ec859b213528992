// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.Set;
import java.util.TreeSet;

/** Sees which threads were started and have not ended. Any thread. */
final class ThreadWatch {
    /** One for the whole process, which ends by itself after a while. */
    private static final String GLOBAL_PREFIX = "globalEventExecutor";

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Waits for the threads that were started since this was made; fails when any stays. */
    void awaitEnd() {
        Await.until("the end of the threads " + left(), () -> left().isEmpty());
    }

    private Set<String> left() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean isOurs = thread.getThreadGroup() != null && !isGlobal(thread);
            if (isOurs && thread.isAlive() && !before.contains(thread)) {
                names.add(thread.getName());
            }
        }
        return names;
    }

    private static boolean isGlobal(Thread thread) {
        String group = thread.getThreadGroup().getName();
        return group.equals("system")
                || group.equals("InnocuousThreadGroup")
                || thread.getName().startsWith(GLOBAL_PREFIX);
    }
}
