// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a handler says about its replication until the command has ended. When nobody listens
 * it only keeps that something was said. Owner thread only.
 */
final class ReplicationRecorder implements Replication {
    private final ArgsView args;
    private final List<byte[]> instead = new ArrayList<>();
    private final CommandAssembler assembler;
    private boolean active;
    private boolean said;
    private boolean verbatim;
    private Bytes key;

    ReplicationRecorder(ArgsView args) {
        this.args = args;
        this.assembler = new CommandAssembler(this::keyAtHand, instead::add);
    }

    private Bytes keyAtHand() {
        return key == null ? args.bytes(1) : key;
    }

    void begin(boolean someoneListens) {
        active = someoneListens;
        assembler.active(someoneListens);
        said = false;
        verbatim = false;
        if (!instead.isEmpty()) {
            instead.clear();
        }
    }

    boolean wasSaid() {
        return said;
    }

    /** Hands on what was said. */
    void finish(Effects effects, int db) {
        if (!active || !said) {
            return;
        }
        for (int i = 0; i < instead.size(); i++) {
            effects.feed(db, instead.get(i));
        }
        if (verbatim) {
            effects.feed(db, args);
        }
    }

    /** The key that {@link CommandEmitter#key()} stands for. */
    ReplicationRecorder about(Bytes keyName) {
        key = keyName;
        return this;
    }

    @Override
    public void verbatim() {
        said = true;
        verbatim = true;
    }

    @Override
    public void nothing() {
        said = true;
    }

    @Override
    public CommandEmitter instead() {
        said = true;
        return assembler;
    }

    /** Whether a command that modified data has to say how it replicates, which tests insist on. */
    static boolean isInsisting() {
        return Memory.CHECKED;
    }
}
