// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/**
 * Gives every task a thread of its own, which does not keep the process alive. For tasks that come
 * one by one when an operator asks for them. Any thread.
 */
public final class DaemonThreads implements Background {
    @Override
    public void run(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
