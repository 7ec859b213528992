// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.CommandFraming;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.command.ReplyGate;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** Writes effects as commands, so that they can be executed again. Owner thread only. */
final class AofFeed implements Propagation {
    private final AppendBuffer buffer;
    private final AofSync sync;
    private final ReplyGate gate;
    private final Clock clock;
    private final Executor afterTurn;
    private final CommandFraming framing;
    private final Runnable flush = this::flushInTurn;
    private boolean active;
    private boolean timestamps;
    private long timestampSeconds;
    private boolean flushIsDue;

    AofFeed(AppendBuffer buffer, AofSync sync, ReplyGate gate, Clock clock, Executor afterTurn) {
        this.buffer = buffer;
        this.sync = sync;
        this.gate = gate;
        this.clock = clock;
        this.afterTurn = afterTurn;
        this.framing = new CommandFraming(buffer::add);
    }

    /** Says whether effects are written. */
    void active(boolean yes) {
        active = yes;
        forgetDatabase();
    }

    /** Says whether the time stands between the commands. */
    void timestamps(boolean yes) {
        timestamps = yes;
    }

    /** The next command says which database it is for, since a file begins with it. */
    void forgetDatabase() {
        framing.forgetDatabase();
    }

    @Override
    public boolean isActive() {
        return active;
    }

    @Override
    public void feed(int forDb, byte[] command) {
        if (active) {
            begin(forDb);
            buffer.add(command);
            came();
        }
    }

    @Override
    public void feed(int forDb, long address, int length, int targets) {
        if (active && (targets & FILE) != 0) {
            begin(forDb);
            buffer.add(address, length);
            came();
        }
    }

    /** Writes what has to stand before a command. */
    private void begin(int forDb) {
        if (timestamps) {
            stamp();
        }
        framing.before(forDb);
    }

    private void stamp() {
        long now = clock.unixMillis() / 1000;
        if (timestampSeconds < now && !framing.isInBlock()) {
            timestampSeconds = now;
            buffer.add(annotation(now));
        }
    }

    /** The line that says when the commands behind it were executed. */
    public static byte[] annotation(long unixSeconds) {
        return ("#TS:" + unixSeconds + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void feed(int forDb, byte[] command, int targets) {
        if ((targets & FILE) != 0) {
            feed(forDb, command);
        }
    }

    @Override
    public void blockBegins() {
        // Only written when something of the block is for the file.
        framing.blockBegins();
    }

    @Override
    public void blockEnds() {
        if (framing.blockEnds()) {
            came();
        }
    }

    private void came() {
        if (sync.policy() == SyncPolicy.ALWAYS) {
            gate.written(buffer.end());
        }
        if (!flushIsDue) {
            flushIsDue = true;
            afterTurn.execute(flush);
        }
    }

    private void flushInTurn() {
        flushIsDue = false;
        buffer.flush();
    }
}
