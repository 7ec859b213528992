// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import dev.sigrun.kernel.command.CommandFraming;
import dev.sigrun.kernel.command.Propagation;
import java.nio.charset.StandardCharsets;

/**
 * Writes the stream of changes: the effects of this server's own commands, as long as it follows
 * nobody, and else what comes from its primary, byte for byte. While there is no backlog nobody
 * listens and nothing is written. Owner thread only.
 */
public final class ReplicationFeed implements Propagation {
    private static final byte[] PING = ascii("*1\r\n$4\r\nPING\r\n");
    private static final byte[] GETACK =
            ascii("*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n");

    private final History history;
    private final Backlog backlog;
    private final CommandFraming framing;
    private Runnable listener = () -> {};
    private boolean relays;

    ReplicationFeed(History history, Backlog backlog) {
        this.history = history;
        this.backlog = backlog;
        this.framing = new CommandFraming(backlog::append);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Says who is told whenever something was added; it must be quick. */
    public void listener(Runnable onMore) {
        listener = onMore;
    }

    /** Says whether the stream is that of a primary, so that own effects are not written to it. */
    void relays(boolean yes) {
        relays = yes;
    }

    /** The database that the stream is at; -1 when the next command will say. */
    public int db() {
        return framing.db();
    }

    /** The next command says which database it is for, since somebody new will hear it. */
    public void forgetDatabase() {
        framing.forgetDatabase();
    }

    @Override
    public boolean isActive() {
        return backlog.isPresent() && !relays;
    }

    @Override
    public void feed(int forDb, byte[] command) {
        if (isActive()) {
            framing.before(forDb);
            backlog.append(command);
            listener.run();
        }
    }

    @Override
    public void feed(int forDb, long address, int length, int targets) {
        if ((targets & REPLICAS) != 0 && isActive()) {
            framing.before(forDb);
            backlog.append(address, length);
            listener.run();
        }
    }

    @Override
    public void feed(int forDb, byte[] command, int targets) {
        if ((targets & REPLICAS) != 0) {
            feed(forDb, command);
        }
    }

    @Override
    public long offset() {
        return history.offset();
    }

    @Override
    public void unheard() {
        // The offset is also how it is told what the append-only file has.
        if (!relays) {
            history.advance(1);
        }
    }

    @Override
    public void blockBegins() {
        // Only written when something of the block is for replicas.
        framing.blockBegins();
    }

    @Override
    public void blockEnds() {
        if (framing.blockEnds()) {
            listener.run();
        }
    }

    /** Shows replicas that this server is alive. */
    public void ping() {
        if (isActive()) {
            control(PING);
        }
    }

    /** Asks all replicas to acknowledge at once. */
    public void askForAcknowledgement() {
        if (isActive()) {
            control(GETACK);
        }
    }

    /** Adds a command that belongs to no database. */
    public void feedAsItIs(byte[] command) {
        if (isActive()) {
            control(command);
        }
    }

    private void control(byte[] command) {
        backlog.append(command);
        listener.run();
    }

    /**
     * Adds what came from the primary and was executed, as it came; the history's offset moves by
     * as much.
     */
    public void relay(long address, int length) {
        if (!backlog.isPresent()) {
            history.advance(length);
            return;
        }
        backlog.append(address, length);
        listener.run();
    }

    /** As {@link #relay(long, int)}, from the heap. */
    public void relay(byte[] content, int offset, int length) {
        if (!backlog.isPresent()) {
            history.advance(length);
            return;
        }
        backlog.append(content, offset, length);
        listener.run();
    }
}
