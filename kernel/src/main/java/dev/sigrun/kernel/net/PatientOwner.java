// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.loop.Owner;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The owner as everybody but this package sees it: what it is asked to do while a command under way
 * lets clients be served is done once that command has ended, in the same order. Any thread, but
 * for {@link #busy}.
 */
final class PatientOwner implements Owner {
    private final Owner owner;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Runnable goOn = this::goOn;
    private boolean busy;

    PatientOwner(Owner owner) {
        this.owner = owner;
    }

    /** On the owner: whether a command under way lets clients be served. */
    void busy(boolean yes) {
        busy = yes;
        if (!yes && !waiting.isEmpty()) {
            owner.execute(goOn);
        }
    }

    private void goOn() {
        while (!busy && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void inTurn(Runnable task) {
        if (busy || !waiting.isEmpty()) {
            waiting.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public boolean isOwner() {
        return owner.isOwner();
    }

    @Override
    public void execute(Runnable task) {
        owner.execute(() -> inTurn(task));
    }

    @Override
    public void after(long delayMillis, Runnable task) {
        owner.after(delayMillis, () -> inTurn(task));
    }

    @Override
    public void every(long periodMillis, Runnable task) {
        owner.every(
                periodMillis,
                () -> {
                    // What comes again and again can be left out.
                    if (!busy) {
                        task.run();
                    }
                });
    }
}
