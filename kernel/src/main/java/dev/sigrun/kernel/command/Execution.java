// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.kernel.store.StoredKeys;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.KeyVisitor;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What a handler sees of the command at hand. There is one, and it is moved from command to
 * command. Owner thread only.
 */
public final class Execution implements CommandContext, Keyspace {
    private final Dispatcher dispatcher;
    private final Store store;
    private final StoredKeys keys;
    private final ReplyBuffer reply;
    private final ArgsView args = new ArgsView();
    private final ReplicationRecorder replication = new ReplicationRecorder(args);
    private final Slice scratch = new Slice();
    private Session session;
    private boolean underWay;
    private Command command;
    private int preparedIndex;
    private long preparedHash;
    private Database preparedDb;
    private long preparedEntry;
    private long preparedGeneration;
    private long stringBytesMax = 512L << 20;

    Execution(Dispatcher dispatcher, Store store, ReplyBuffer reply) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.reply = reply;
        this.keys = new StoredKeys(store, KEYS_LENT_MAX);
    }

    /** Sets {@code proto-max-bulk-len}. */
    void stringBytesMax(long bytes) {
        stringBytesMax = bytes;
    }

    /** An entry that was found before the batch began; 0 for none. */
    void prepared(Database db, long entry, long generation) {
        preparedDb = db;
        preparedEntry = entry;
        preparedGeneration = generation;
    }

    void begin(Session forSession, Command forCommand, int keyIndex, long keyHash) {
        session = forSession;
        underWay = true;
        command = forCommand;
        preparedIndex = keyIndex;
        preparedHash = keyHash;
        if (forSession.isReplicated()) {
            store.seenByOrigin();
        } else {
            store.seenBySource(forSession.isImportSource());
        }
    }

    void end() {
        underWay = false;
        store.seenBySource(false);
        args.release();
        keys.release();
    }

    /** Whether a command is being executed. */
    boolean isUnderWay() {
        return underWay;
    }

    ArgsView argsView() {
        return args;
    }

    ReplicationRecorder recorder() {
        return replication;
    }

    /** The session on whose behalf the command runs. */
    public Session session() {
        return session;
    }

    /** The command at hand. */
    public Command command() {
        return command;
    }

    /** The reply buffer with what the kernel's own commands need beyond the contract. */
    public ReplyBuffer replyBuffer() {
        return reply;
    }

    /** The store, for the kernel's own commands. */
    public Store store() {
        return store;
    }

    @Override
    public Args args() {
        return args;
    }

    @Override
    public ReplyWriter reply() {
        return reply;
    }

    @Override
    public Session client() {
        return session;
    }

    private int touching() {
        return session.isNoTouch() ? Access.NO_TOUCH : 0;
    }

    @Override
    public Key read(int index) {
        return key(index, Access.READ | touching());
    }

    @Override
    public Key write(int index) {
        return key(index, Access.WRITE | touching());
    }

    private Key key(int index, int access) {
        Objects.checkIndex(index, args.count());
        long address = args.address(index);
        int length = args.length(index);
        Database db = store.database(session.db());
        if (index == preparedIndex && isStillFound(db)) {
            scratch.wrap(address, length);
            return keys.next().openFound(db, preparedHash, scratch, access, preparedEntry);
        }
        long hash = index == preparedIndex ? preparedHash : store.hash(address, length);
        return keys.next().open(db, hash, scratch.wrap(address, length), access);
    }

    @SuppressWarnings("ReferenceEquality") // A database is one object for as long as it is.
    private boolean isStillFound(Database db) {
        return preparedEntry != 0 && preparedGeneration == store.generation() && preparedDb == db;
    }

    @Override
    public Keyspace keyspace() {
        return this;
    }

    @Override
    public Replication replication() {
        return replication;
    }

    @Override
    public long nowMillis() {
        return store.nowMillis();
    }

    @Override
    public boolean isOver(long unixMillis) {
        return CommandContext.super.isOver(unixMillis)
                && !store.isImporting()
                && !store.isFollowing();
    }

    @Override
    public boolean mayBlock() {
        return !session.isReplicated() && !session.runsTransaction() && !session.isInScript();
    }

    @Override
    public void block(Wait wait) {
        if (mayBlock()) {
            dispatcher.block(wait);
        } else {
            wait.inVain().accept(reply);
        }
    }

    @Override
    public boolean mayReadAnyKey() {
        return dispatcher.gate().mayReadAnyKey(session, command, args);
    }

    @Override
    public RandomGenerator random() {
        return store.random();
    }

    @Override
    public long stringBytesMax() {
        return stringBytesMax;
    }

    // ---- the keyspace ----

    @Override
    public int databases() {
        return store.databaseCount();
    }

    @Override
    public long size() {
        return store.database(session.db()).size();
    }

    @Override
    public Key open(Bytes name, int access) {
        return open(session.db(), name, access);
    }

    @Override
    public Key open(int db, Bytes name, int access) {
        return stored(db, name, access | touching());
    }

    /** As {@link #open(int, Bytes, int)}, for the kernel's own commands. */
    public StoredKey stored(int db, Bytes name, int access) {
        long hash = store.hash(name.address(), name.length());
        return keys.next().open(store.database(db), hash, name, access);
    }

    @Override
    public long scan(long cursor, KeyVisitor visitor) {
        return keys.scan(store.database(session.db()), cursor, visitor);
    }

    @Override
    public Key randomKey() {
        return keys.random(store.database(session.db()));
    }
}
