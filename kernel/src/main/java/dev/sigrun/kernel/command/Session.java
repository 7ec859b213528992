// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.pubsub.Kind;
import dev.sigrun.kernel.pubsub.Subscriptions;
import dev.sigrun.kernel.tracking.TrackedClient;
import dev.sigrun.kernel.tracking.Tracking;
import dev.sigrun.spi.command.Client;

/**
 * A client: who it is, what it has selected, and what is going on with it. Owner thread only.
 *
 * <p>A blocked session executes nothing until it is unblocked; the requests behind the one that
 * blocked wait in its buffer.
 */
public final class Session implements Client, TrackedClient {
    /** What a client wants to hear. */
    public enum ReplyMode {
        /** Every reply. */
        ON,
        /** None. */
        OFF,
        /** None of the next command. */
        SKIP_NEXT,
        /** None of this command. */
        SKIP
    }

    /** Another server that the client says it is. */
    public interface Peer {
        /** Whether it gets a copy of the data, so that it is a replica. */
        boolean isReplica();

        /** Its connection has ended. */
        void gone();
    }

    /** What a watched key takes, about. */
    private static final int WATCH_BYTES = 120;

    private final long id;
    private final Transport transport;
    private final long createdMillis;
    private int db;
    private int protocol = 2;
    private boolean authenticated;
    private boolean wasAuthenticated;
    private boolean replicated;
    private boolean closing;
    private boolean noEvict;
    private boolean noTouch;
    private boolean importSource;
    private boolean readOnly;
    private boolean redirectCapable;
    private ReplyMode replyMode = ReplyMode.ON;
    private String name = "";
    private String libName = "";
    private String libVersion = "";
    private User user = User.UNRESTRICTED;
    private Command lastCommand;
    private long lastActiveMillis;
    private Block block;
    private long deadlineMillis;
    private Transaction transaction;
    private boolean inScript;
    private Subscriptions subscriptions;
    private Tracking tracking;
    private boolean monitor;
    private Session caller;
    private Peer peer;

    /** Bytes that came from the client. */
    public long bytesIn;

    /** Bytes that went to the client. */
    public long bytesOut;

    /** Commands of the client that were executed, the one at hand included. */
    public long commands;

    /** Offset of the stream of changes behind the last command of the client. */
    public long writeOffset;

    /** What the client takes of memory, as it was last counted. */
    long countedBytes;

    /**
     * Makes a session.
     *
     * @param id unique number, never used again
     * @param nowMillis Unix milliseconds
     */
    public Session(long id, Transport transport, long nowMillis) {
        this.id = id;
        this.transport = transport;
        this.createdMillis = nowMillis;
        this.lastActiveMillis = nowMillis;
    }

    /** The session in which scripts call commands; it is no client's own, and in no list. */
    static Session ofScripts(Transport transport) {
        Session session = new Session(0, transport, 0);
        session.inScript = true;
        return session;
    }

    /** Takes over in whose name, and over which database, a script calls commands. */
    void actFor(Session client) {
        caller = client;
        db = caller.db;
        replicated = caller.replicated;
        noTouch = caller.noTouch;
        importSource = caller.importSource;
        name = caller.name;
        authenticated(caller.authenticated, caller.user);
    }

    /** The client in whose name commands run: the one that called the script, if one does. */
    public Session inNameOf() {
        return caller == null ? this : caller;
    }

    @Override
    public boolean isInScript() {
        return inScript;
    }

    /** What a blocked session waits for. */
    public interface Block {
        /** When it ends by itself, in Unix milliseconds; 0 for never. */
        long deadlineMillis();

        /** The deadline has passed: replies what the command replies then. */
        void timedOut(Session session);

        /** Ended by {@code CLIENT UNBLOCK ... ERROR} or the like: the kernel has replied. */
        default void cancelled(Session session) {}

        /** It is over, in whatever way, and gives back what it has. */
        default void ended() {}

        /** Whether the command itself waits, rather than was postponed before it ran. */
        default boolean isCommand() {
            return true;
        }

        /** Whether it ends when a key is there. */
        default boolean isForKeys() {
            return false;
        }

        /** Whether {@code CLIENT UNBLOCK} may end it. */
        default boolean mayBeCutShort() {
            return isCommand();
        }

        /** Bytes of the command's arguments that are kept meanwhile. */
        default long argumentBytes() {
            return 0;
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int db() {
        return db;
    }

    /** Selects a database. */
    public void db(int index) {
        db = index;
    }

    @Override
    public int protocol() {
        return protocol;
    }

    /** Chooses the version of the protocol, 2 or 3. */
    public void protocol(int version) {
        protocol = version;
    }

    @Override
    public boolean isReplicated() {
        return replicated;
    }

    /**
     * Says that the commands come from a primary or a file, so that they are applied as they are.
     */
    public void replicated(boolean yes) {
        replicated = yes;
    }

    /** The server that the client says it is; null for a plain client. */
    public Peer peer() {
        return peer;
    }

    /** Takes note of the server that the client says it is. */
    public void peer(Peer server) {
        peer = server;
    }

    /** Whether the client is a replica of this server. */
    public boolean isReplica() {
        return peer != null && peer.isReplica();
    }

    /** The connection behind the session. */
    public Transport transport() {
        return transport;
    }

    /** When the client connected, in Unix milliseconds. */
    public long createdMillis() {
        return createdMillis;
    }

    /** When the client last sent a command, in Unix milliseconds. */
    public long lastActiveMillis() {
        return lastActiveMillis;
    }

    void active(Command command, long nowMillis) {
        lastCommand = command;
        lastActiveMillis = nowMillis;
    }

    void forget(String owner) {
        if (lastCommand != null && lastCommand.owner().equals(owner)) {
            lastCommand = null;
        }
        if (transaction != null) {
            transaction.forget(owner);
        }
    }

    /** The command that the client last sent, or null. */
    public Command lastCommand() {
        return lastCommand;
    }

    /** Whether the client may use more than the commands before authentication. */
    public boolean isAuthenticated() {
        return authenticated || user.isOpen();
    }

    /** Whether the client was ever let in. */
    public boolean wasAuthenticated() {
        return wasAuthenticated;
    }

    /** Lets the client in as a user, or out; then it is the default user, whose rules hold. */
    public void authenticated(boolean yes, User newUser) {
        authenticated = yes;
        wasAuthenticated |= yes;
        user = newUser;
    }

    /** The user that the client is. */
    public User user() {
        return user;
    }

    /** The name that the client gave itself; empty for none. */
    public String name() {
        return name;
    }

    /** Names the session. */
    public void name(String newName) {
        name = newName;
    }

    /** The name of the client's library; empty when unknown. */
    public String libName() {
        return libName;
    }

    /** Sets the name of the client's library. */
    public void libName(String newName) {
        libName = newName;
    }

    /** The version of the client's library; empty when unknown. */
    public String libVersion() {
        return libVersion;
    }

    /** Sets the version of the client's library. */
    public void libVersion(String newVersion) {
        libVersion = newVersion;
    }

    /** What the client wants to hear. */
    public ReplyMode replyMode() {
        return replyMode;
    }

    /** Chooses what the client wants to hear. */
    public void replyMode(ReplyMode mode) {
        replyMode = mode;
    }

    /** Whether the client is kept when clients are evicted. */
    public boolean isNoEvict() {
        return noEvict;
    }

    /** Keeps the client when clients are evicted. */
    public void noEvict(boolean yes) {
        noEvict = yes;
    }

    /** Whether the client's reads leave access times as they are. */
    public boolean isNoTouch() {
        return noTouch;
    }

    /** Makes the client's reads leave access times as they are. */
    public void noTouch(boolean yes) {
        noTouch = yes;
    }

    /** Whether the client sends what the server imports, and so sees keys past their time. */
    public boolean isImportSource() {
        return importSource;
    }

    /** Makes the client the source of an import, or ends that. */
    public void importSource(boolean yes) {
        importSource = yes;
    }

    /** Whether the client said {@code READONLY}, which matters on replicas alone. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Takes note of {@code READONLY}, or of its end. */
    public void readOnly(boolean yes) {
        readOnly = yes;
    }

    /** Whether the client says that it can follow redirections. */
    public boolean isRedirectCapable() {
        return redirectCapable;
    }

    /** Takes note that the client can follow redirections; it cannot take that back. */
    public void redirectCapable() {
        redirectCapable = true;
    }

    /** Whether the connection closes as soon as the replies have gone out. */
    @Override
    public boolean isClosing() {
        return closing;
    }

    /** Closes the connection as soon as the replies have gone out; nothing more is executed. */
    public void closeAfterReply() {
        closing = true;
    }

    /**
     * The database that access rules see: while commands are queued, the one that the last of them
     * has chosen.
     */
    public int aclDatabase() {
        return isInTransaction() && !runsTransaction() ? transaction.db() : db;
    }

    /** What the client has queued and watches; null as long as it never did. */
    Transaction transaction() {
        return transaction;
    }

    void transaction(Transaction first) {
        transaction = first;
    }

    /** The client is gone, and with it what it has queued and watches. */
    void endTransaction() {
        if (transaction != null) {
            transaction.discard();
        }
    }

    /** Whether the client's commands are queued until {@code EXEC}, or these are running. */
    public boolean isInTransaction() {
        return transaction != null && transaction.isOpen();
    }

    /** Whether the command at hand is one of a transaction. */
    public boolean runsTransaction() {
        return transaction != null && transaction.isRunning();
    }

    /** Whether a key that the client watches has changed, so that its transaction cannot run. */
    public boolean isOvertaken() {
        return transaction != null && transaction.isOvertaken();
    }

    /** Number of commands in the queue; -1 as long as there never was any transaction. */
    public int queuedCommands() {
        return transaction == null ? -1 : transaction.size();
    }

    /** Bytes that the commands in the queue take. */
    public long queuedBytes() {
        return transaction == null ? 0 : transaction.queuedBytes();
    }

    /** Bytes that the client takes altogether, about. */
    public long memoryBytes() {
        long bytes = transport.memoryBytes() + queuedBytes();
        bytes += (long) watchedKeys() * WATCH_BYTES;
        if (block != null) {
            bytes += block.argumentBytes();
        }
        if (subscriptions != null) {
            bytes += subscriptions.memoryBytes();
        }
        return tracking == null ? bytes : bytes + tracking.memoryBytes();
    }

    /** Number of keys that the client watches. */
    public int watchedKeys() {
        return transaction == null ? 0 : transaction.watches().size();
    }

    // ---- what comes unasked ----

    @Override
    public Subscriptions subscriptions() {
        if (subscriptions == null) {
            subscriptions = new Subscriptions();
        }
        return subscriptions;
    }

    @Override
    public boolean isSubscribed() {
        return subscriptions != null && !subscriptions.isEmpty();
    }

    /** Number of names of a kind that the client has subscribed to. */
    public int subscriptions(Kind kind) {
        return subscriptions == null ? 0 : subscriptions.count(kind);
    }

    /** Whether the client sees all commands. */
    public boolean isMonitor() {
        return monitor;
    }

    void monitor(boolean yes) {
        monitor = yes;
    }

    @Override
    public Tracking tracking() {
        return tracking;
    }

    /** Makes the client one that tracking can be switched on for. */
    public void mayTrack() {
        if (tracking == null) {
            tracking = new Tracking();
        }
    }

    @Override
    public void push(long address, int length) {
        transport.push(address, length);
    }

    /** What the session waits for, or null. */
    public Block block() {
        return block;
    }

    /** Whether the session waits for something. */
    public boolean isBlocked() {
        return block != null;
    }

    void block(Block waitingFor) {
        block = waitingFor;
    }

    /** The deadline by which {@link Sessions} has put the session in order. */
    long deadlineMillis() {
        return deadlineMillis;
    }

    void deadlineMillis(long unixMillis) {
        deadlineMillis = unixMillis;
    }

    /** Goes back to what a new connection has. */
    public void reset() {
        endTransaction();
        db = 0;
        protocol = 2;
        noEvict = false;
        noTouch = false;
        importSource = false;
        readOnly = false;
        replyMode = ReplyMode.ON;
        name = "";
    }
}
