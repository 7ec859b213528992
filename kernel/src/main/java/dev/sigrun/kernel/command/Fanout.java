// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

/** Hands effects to the append-only file and to the replicas. Owner thread only. */
public final class Fanout implements Propagation {
    private Propagation file = NONE;
    private Propagation replicas = NONE;

    /** Makes one that nobody listens to. */
    public Fanout() {}

    /** Says who writes the append-only file. */
    public void file(Propagation taker) {
        file = taker;
    }

    /** Says who feeds the replicas. */
    public void replicas(Propagation taker) {
        replicas = taker;
    }

    @Override
    public boolean isActive() {
        return file.isActive() || replicas.isActive();
    }

    @Override
    public void feed(int db, byte[] command) {
        feed(db, command, ALL);
    }

    @Override
    public void feed(int db, byte[] command, int targets) {
        if ((targets & FILE) != 0 && file.isActive()) {
            file.feed(db, command);
        }
        if ((targets & REPLICAS) == 0) {
            return;
        }
        if (replicas.isActive()) {
            replicas.feed(db, command);
        } else {
            replicas.unheard();
        }
    }

    @Override
    public void feed(int db, long address, int length, int targets) {
        if ((targets & FILE) != 0 && file.isActive()) {
            file.feed(db, address, length, targets);
        }
        if ((targets & REPLICAS) == 0) {
            return;
        }
        if (replicas.isActive()) {
            replicas.feed(db, address, length, targets);
        } else {
            replicas.unheard();
        }
    }

    @Override
    public long offset() {
        return replicas.offset();
    }

    @Override
    public void blockBegins() {
        if (file.isActive()) {
            file.blockBegins();
        }
        if (replicas.isActive()) {
            replicas.blockBegins();
        }
    }

    @Override
    public void blockEnds() {
        if (file.isActive()) {
            file.blockEnds();
        }
        if (replicas.isActive()) {
            replicas.blockEnds();
        }
    }
}
