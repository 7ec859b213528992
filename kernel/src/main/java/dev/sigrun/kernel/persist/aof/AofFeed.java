// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.command.ReplyGate;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** Writes effects as commands, so that they can be executed again. Owner thread only. */
final class AofFeed implements Propagation {
    private static final byte[] MULTI = ascii("*1\r\n$5\r\nMULTI\r\n");
    private static final byte[] EXEC = ascii("*1\r\n$4\r\nEXEC\r\n");
    private static final int NO_DB = -1;

    private final AppendBuffer buffer;
    private final AofSync sync;
    private final ReplyGate gate;
    private final Clock clock;
    private final Executor afterTurn;
    private final Runnable flush = this::flushInTurn;
    private boolean active;
    private boolean timestamps;
    private long timestampSeconds;
    private int db = NO_DB;
    private boolean blockIsDue;
    private boolean inBlock;
    private boolean flushIsDue;

    AofFeed(AppendBuffer buffer, AofSync sync, ReplyGate gate, Clock clock, Executor afterTurn) {
        this.buffer = buffer;
        this.sync = sync;
        this.gate = gate;
        this.clock = clock;
        this.afterTurn = afterTurn;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
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
        db = NO_DB;
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
        if (blockIsDue) {
            blockIsDue = false;
            inBlock = true;
            buffer.add(MULTI);
        }
        if (db != forDb) {
            select(forDb);
        }
    }

    private void stamp() {
        long now = clock.unixMillis() / 1000;
        if (timestampSeconds < now && !inBlock) {
            timestampSeconds = now;
            buffer.add(annotation(now));
        }
    }

    /** The line that says when the commands behind it were executed. */
    public static byte[] annotation(long unixSeconds) {
        return ascii("#TS:" + unixSeconds + "\r\n");
    }

    private void select(int newDb) {
        buffer.add(select(Integer.toString(newDb)));
        db = newDb;
    }

    private static byte[] select(String digits) {
        return ascii("*2\r\n$6\r\nSELECT\r\n$" + digits.length() + "\r\n" + digits + "\r\n");
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
        blockIsDue = true;
    }

    @Override
    public void blockEnds() {
        blockIsDue = false;
        if (inBlock) {
            inBlock = false;
            buffer.add(EXEC);
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
