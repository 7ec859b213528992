// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what a handler says about its replication until the command has ended. When nobody listens
 * it only keeps that something was said. Owner thread only.
 */
final class ReplicationRecorder implements Replication, CommandEmitter {
    private final ArgsView args;
    private final List<byte[]> instead = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private boolean active;
    private boolean said;
    private boolean verbatim;
    private int missingArguments;
    private Bytes key;

    ReplicationRecorder(ArgsView args) {
        this.args = args;
    }

    void begin(boolean someoneListens) {
        active = someoneListens;
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
    void finish(Propagation propagation, int db) {
        if (!active || !said) {
            return;
        }
        if (verbatim) {
            command("", args.count() - 1, false);
            for (int i = 0; i < args.count(); i++) {
                bulk(args.bytes(i).copy());
            }
            instead.add(open.toByteArray());
        }
        for (byte[] command : instead) {
            propagation.feed(db, command);
        }
    }

    /** The key that {@link #key()} stands for. */
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
        return this;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        if (active) {
            command(name, arguments, true);
            missingArguments = arguments;
            endIfComplete();
        }
        return this;
    }

    private void command(String name, int arguments, boolean withName) {
        open.reset();
        CommandBytes.begin(open, arguments + 1);
        if (withName) {
            bulk(name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void bulk(byte[] content) {
        CommandBytes.bulk(open, content);
    }

    private void endIfComplete() {
        if (missingArguments == 0) {
            instead.add(open.toByteArray());
        }
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return active ? arg(content.copy()) : this;
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        if (active) {
            bulk(content);
            missingArguments--;
            endIfComplete();
        }
        return this;
    }

    @Override
    public CommandEmitter arg(String text) {
        return active ? arg(text.getBytes(StandardCharsets.UTF_8)) : this;
    }

    @Override
    public CommandEmitter arg(long value) {
        return active ? arg(Long.toString(value)) : this;
    }

    @Override
    public CommandEmitter key() {
        return active ? arg(key == null ? args.bytes(1) : key) : this;
    }

    /** Whether a command that modified data has to say how it replicates, which tests insist on. */
    static boolean isInsisting() {
        return Memory.CHECKED;
    }
}
