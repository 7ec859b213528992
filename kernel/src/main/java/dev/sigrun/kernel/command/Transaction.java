// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.CommandFlag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a client has said between {@code MULTI} and {@code EXEC}, and the keys that it watches. A
 * client has one from its first such command on. Owner thread only.
 *
 * <p>Once it is certain that the transaction will not run, nothing is kept of it but that.
 */
final class Transaction {
    private static final Set<CommandFlag> ALL_FLAGS = EnumSet.allOf(CommandFlag.class);

    private final WatchedKeys watchedKeys;
    private final List<Queued> queue = new ArrayList<>();
    private Map<WatchedKey, WatchedKey.Watch> watches = new LinkedHashMap<>();
    private long queuedBytes;
    private int db;
    private boolean open;
    private boolean failed;
    private boolean overtaken;
    private boolean running;
    private boolean denyOom;
    private boolean write;
    private boolean read;
    private final Set<CommandFlag> common = EnumSet.allOf(CommandFlag.class);
    private boolean mayChange;

    /** A command that waits for {@code EXEC}. */
    record Queued(Command command, KeptRequest request) {}

    Transaction(WatchedKeys watchedKeys) {
        this.watchedKeys = watchedKeys;
    }

    // ---- the queue ----

    /**
     * Commands are queued from now on.
     *
     * @param selected the database that they begin in
     */
    void open(int selected) {
        open = true;
        db = selected;
    }

    /** Takes note that a command of the queue selects a database. */
    void selected(int newDb) {
        db = newDb;
    }

    /** The database that a command which is queued now will work on. */
    int db() {
        return db;
    }

    /** Whether commands are queued, or those that were are running. */
    boolean isOpen() {
        return open;
    }

    /** Whether it is certain that the transaction will not run. */
    boolean isLost() {
        return failed || overtaken;
    }

    /**
     * Queues a command.
     *
     * @param changes whether it may change something
     */
    void add(Command command, KeptRequest request, boolean changes) {
        queue.add(new Queued(command, request));
        queuedBytes += request.bytes() + (long) Long.BYTES * request.batch().argumentCount(0);
        denyOom |= command.isDenyOom;
        write |= command.isWrite;
        read |= command.spec().flags().contains(CommandFlag.READONLY);
        common.retainAll(command.spec().flags());
        mayChange |= changes;
    }

    /** Number of commands in the queue. */
    int size() {
        return queue.size();
    }

    /** A command of the queue. */
    Queued queued(int index) {
        return queue.get(index);
    }

    /** Bytes of the arguments that are kept, and a word for each, as Valkey counts. */
    long queuedBytes() {
        return queuedBytes;
    }

    /** Whether a command of the queue may not run when memory is short. */
    boolean isDenyOom() {
        return denyOom;
    }

    /** Whether a command of the queue writes. */
    boolean isWrite() {
        return write;
    }

    /** Whether a command of the queue reads. */
    boolean isRead() {
        return read;
    }

    /** Whether all commands of the queue have a flag. */
    boolean allHave(CommandFlag flag) {
        return common.contains(flag);
    }

    /** Whether a command of the queue may change something. */
    boolean mayChange() {
        return mayChange;
    }

    private void dropQueue() {
        for (Queued queued : queue) {
            queued.request().free();
        }
        queue.clear();
        queuedBytes = 0;
        denyOom = false;
        write = false;
        read = false;
        mayChange = false;
        common.addAll(ALL_FLAGS);
    }

    // ---- its fate ----

    /** A command could not be queued: {@code EXEC} will refuse. */
    void fail() {
        if (open && !running) {
            failed = true;
            dropQueue();
        }
    }

    /** Whether a command could not be queued. */
    boolean isFailed() {
        return failed;
    }

    /** A watched key has changed: {@code EXEC} will do nothing. */
    void overtake() {
        overtaken = true;
        if (!running) {
            dropQueue();
        }
    }

    /** Whether a watched key has changed. */
    boolean isOvertaken() {
        return overtaken;
    }

    /** The queue begins to run, so that nobody takes it away. */
    void begin() {
        watchedKeys.unwatch(this);
        running = true;
    }

    /** Whether the queue is running. */
    boolean isRunning() {
        return running;
    }

    /** The queue has run. */
    void finish() {
        running = false;
        discard();
    }

    /** Forgets everything, unless the queue is running; then it is forgotten afterwards. */
    void discard() {
        if (!running) {
            dropQueue();
            open = false;
            failed = false;
            unwatch();
        }
    }

    /** The commands of an owner go, and with them a transaction that has any. */
    void forget(String owner) {
        for (Queued queued : queue) {
            if (queued.command().owner().equals(owner)) {
                fail();
                return;
            }
        }
    }

    // ---- watching ----

    /** The watches by their keys, in the order in which they began. */
    Map<WatchedKey, WatchedKey.Watch> watches() {
        return watches;
    }

    /** Ends all watches, and forgets that a key has changed. */
    void unwatch() {
        watchedKeys.unwatch(this);
        overtaken = false;
    }

    /** All watches have ended. */
    void unwatched() {
        watches = new LinkedHashMap<>();
    }
}
