// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.command.KeyHolds;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.NotifyClass;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * One MIGRATE under way. Owner thread only; every method is a turn of its own.
 *
 * <p>It connects, introduces itself, and then sends keys, a limited number of bytes ahead of the
 * answers. The payload of a key is made when its turn comes, not all of them at the beginning. From
 * then until the target has answered, the key is held (see {@link KeyHolds}): commands that would
 * change it wait. When the target has confirmed a key it is removed here, unless it has been
 * changed all the same by something that a hold cannot stop. Then it stays, the client gets an
 * error, and both servers have it: which of the two is right only the user can say, so neither is
 * thrown away, and sending the key again over what the target has now could lose what was written
 * there. Any other failure leaves the keys that were not confirmed, too; as on Valkey, the target
 * may then have some of them nevertheless.
 *
 * <p>Unlike Valkey, keys are sent only after the target has accepted who one is and which database
 * is meant, so that none of them ends in another one.
 */
final class Transfer implements TargetLink.User {
    private static final int KEYS_AHEAD_MAX = 256;
    private static final long BYTES_AHEAD_MAX = 1 << 20;
    private static final int LOOK_UP = Access.WRITE | Access.NO_TOUCH | Access.NO_STATS;
    private static final String CONNECTING = "IOERR error or timeout connecting to the client";
    private static final String WRITING = "IOERR error or timeout writing to target instance";
    private static final String READING = "IOERR error or timeout reading to target instance";
    private static final String CHANGED =
            "IOERR a key was changed on its way and so stays here, the target instance has it as"
                    + " it was before";
    private static final String FAULT = "ERR internal error in 'migrate' (see the server's log)";

    private final Transfers transfers;
    private final Store store;
    private final KeyHolds holds;
    private final Session session;
    private final int db;
    private final long swaps;
    private final MigrateOptions options;
    private final List<byte[]> keys;
    private final ArrayDeque<Sent> ahead = new ArrayDeque<>();
    private final ArrayDeque<Sent> confirmed = new ArrayDeque<>();
    private final Arena names = Arena.ofAuto();
    private TargetLink link;
    private int nextKey;
    private long bytesAhead;
    private int introductions;
    private boolean connected;
    private boolean kept;
    private boolean heard;
    private boolean stalled;
    private boolean sentAny;
    private boolean over;
    private boolean ended;
    private long progressNanos;
    private long sentBytes;
    private String error;

    /** A key whose answer is awaited; it is held unless it is only copied. */
    private record Sent(Slice name, KeyHolds.Hold hold, long bytes) {}

    Transfer(Transfers transfers, Session session, MigrateOptions options, List<byte[]> keys) {
        this.transfers = transfers;
        this.store = transfers.admin().store();
        this.holds = transfers.admin().dispatcher().keyHolds();
        this.session = session;
        this.db = session.db();
        this.swaps = holds.swaps();
        this.options = options;
        this.keys = keys;
    }

    void start() {
        TargetLink.guarded(this, this::begin);
    }

    private void begin() {
        progress();
        link = transfers.cache().take(options.target(), this);
        if (link != null) {
            kept = true;
            connected();
        } else {
            open();
        }
    }

    private void open() {
        if (options.target().portNumber() == 0) {
            fail(CONNECTING);
        } else {
            link =
                    TargetLink.open(
                            transfers.links(), options.target(), options.timeoutMillis(), this);
            sentBytes = 0;
        }
    }

    private void progress() {
        progressNanos = transfers.admin().clock().nanos();
    }

    @Override
    public void connected() {
        connected = true;
        progress();
        introduce();
        if (introductions == 0) {
            sendKeys();
        }
    }

    private void introduce() {
        String user = options.target().user();
        String password = options.target().password();
        introductions = 0;
        if (password != null) {
            Request auth = new Request(user == null ? 2 : 3).word("AUTH");
            link.send((user == null ? auth : auth.word(user)).word(password).take());
            introductions++;
        }
        if (link.selectedDb() != options.db()) {
            link.send(new Request(2).word("SELECT").word(Long.toString(options.db())).take());
            introductions++;
        }
    }

    // ---- sending ----

    private void sendKeys() {
        stalled = false;
        if (holds.swaps() != swaps && nextKey < keys.size()) {
            // These names stand for other keys now.
            nextKey = keys.size();
            error = error == null ? CHANGED : error;
        }
        while (nextKey < keys.size() && hasRoom() && !stalled) {
            byte[] key = keys.get(nextKey);
            Slice name = lend(key);
            if (!options.copy() && holds.isHeld(db, name)) {
                // Another transfer has it; it is moved by then, or free again.
                stalled = true;
            } else {
                nextKey++;
                send(key, name);
            }
        }
        if (nextKey == keys.size() && ahead.isEmpty()) {
            end();
        }
    }

    private boolean hasRoom() {
        return ahead.size() < KEYS_AHEAD_MAX && bytesAhead < BYTES_AHEAD_MAX;
    }

    private Slice lend(byte[] key) {
        MemorySegment block = names.allocate(Math.max(key.length, 1));
        MemorySegment.copy(key, 0, block, ValueLayout.JAVA_BYTE, 0, key.length);
        return new Slice().wrap(block.address(), key.length);
    }

    private StoredKey lookUp(Slice name) {
        store.advance();
        store.seenBySource(false);
        return transfers.admin().dispatcher().execution().stored(db, name, LOOK_UP);
    }

    /** Sends a key unless it has gone since the client asked for it. */
    private void send(byte[] key, Slice name) {
        StoredKey stored = lookUp(name);
        if (!stored.isPresent()) {
            return;
        }
        long expireAt = stored.expireAtMillis();
        long ttl = expireAt == -1 ? 0 : Math.max(1, expireAt - store.nowMillis());
        byte[] payload = stored.dump();
        Request request = new Request(options.replace() ? 5 : 4).word("RESTORE").word(key);
        link.send(request.word(Long.toString(ttl)).lengthOf(payload).take());
        link.send(payload);
        request.end();
        link.send((options.replace() ? request.word("REPLACE") : request).take());
        KeyHolds.Hold hold = options.copy() ? null : holds.hold(db, name);
        ahead.add(new Sent(name, hold, payload.length));
        bytesAhead += payload.length;
        sentAny = true;
    }

    // ---- answers ----

    @Override
    public void answered(String answer) {
        progress();
        heard = true;
        if (answer.startsWith("-")) {
            if (error == null) {
                error = "ERR Target instance replied with error: " + answer.substring(1);
            }
            link.selectedDb(TargetLink.NONE);
        }
        if (introductions > 0) {
            introductions--;
            if (introductions == 0 && error == null) {
                link.selectedDb(options.db());
            }
        } else if (ahead.isEmpty() || !(answer.startsWith("+") || answer.startsWith("-"))) {
            // Whoever this is, it does not speak of the keys that were sent.
            fail(READING);
        } else {
            arrived(ahead.remove(), answer.startsWith("+"));
        }
    }

    private void arrived(Sent sent, boolean accepted) {
        bytesAhead -= sent.bytes();
        if (accepted && sent.hold() != null) {
            confirmed.add(sent);
        } else {
            release(sent);
        }
    }

    private void release(Sent sent) {
        if (sent.hold() != null) {
            holds.release(sent.hold());
        }
    }

    @Override
    public void answersEnd() {
        removeConfirmed();
        if (introductions > 0) {
            return;
        }
        if (error != null && !sentAny) {
            end();
        } else {
            sendKeys();
        }
    }

    /** Removes what the target has. While writes are paused, here too nothing may change. */
    private void removeConfirmed() {
        if (confirmed.isEmpty() || isPaused()) {
            return;
        }
        List<byte[]> removed = new ArrayList<>(confirmed.size());
        try {
            while (!confirmed.isEmpty()) {
                Sent sent = confirmed.remove();
                release(sent);
                if (sent.hold().isModified()) {
                    error = error == null ? CHANGED : error;
                } else if (remove(sent.name())) {
                    removed.add(sent.name().copy());
                }
            }
        } finally {
            replicate(removed);
        }
    }

    private boolean isPaused() {
        return transfers.admin().dispatcher().pause().isActive(store.nowMillis());
    }

    private boolean remove(Slice name) {
        StoredKey stored = lookUp(name);
        boolean was = stored.remove(true);
        if (was) {
            stored.notify(NotifyClass.GENERIC, "del");
        }
        return was;
    }

    private void replicate(List<byte[]> removed) {
        Propagation propagation = transfers.admin().dispatcher().propagation();
        if (!removed.isEmpty() && propagation.isActive()) {
            Request del = new Request(1 + removed.size()).word("DEL");
            removed.forEach(del::word);
            propagation.feed(db, del.take());
        }
    }

    // ---- failures and the end ----

    void tick(long nowNanos) {
        if (over) {
            TargetLink.guarded(this, this::end);
            return;
        }
        boolean waits = stalled || !confirmed.isEmpty();
        if (waits) {
            TargetLink.guarded(this, this::answersEnd);
        }
        if (over || link == null) {
            return;
        }
        if (waits && ahead.isEmpty()) {
            // It is not the target that is waited for, and nobody can be waiting for this.
            progressNanos = nowNanos;
        } else if (link.sentBytes() > sentBytes) {
            sentBytes = link.sentBytes();
            progressNanos = nowNanos;
        } else if (nowNanos - progressNanos > options.timeoutNanos()) {
            TargetLink.guarded(this, () -> fail(broken()));
        }
    }

    private String broken() {
        if (!connected) {
            return CONNECTING;
        }
        return link.pendingBytes() > 0 ? WRITING : READING;
    }

    @Override
    public void lost(String reason) {
        if (kept && !heard) {
            // The target has closed it while nobody used it, which says nothing about now.
            kept = false;
            connected = false;
            sentAny = false;
            forgetAhead();
            nextKey = 0;
            progress();
            open();
        } else {
            fail(broken());
        }
    }

    @Override
    public void failed(Throwable fault) {
        if (!ended) {
            transfers.admin().stats().internalErrors++;
            fail(FAULT);
        }
    }

    private void fail(String text) {
        if (link != null) {
            link.close();
        }
        error = error == null ? text : error;
        end();
    }

    /** The keys that nobody has confirmed stay. */
    private void forgetAhead() {
        ahead.forEach(this::release);
        ahead.clear();
        bytesAhead = 0;
    }

    /** Ends the transfer, or during a pause sees to it that a later tick does. */
    private void end() {
        if (!over) {
            over = true;
            forgetAhead();
            leaveLink();
        }
        removeConfirmed();
        if (!ended && confirmed.isEmpty()) {
            ended = true;
            transfers.ended(this);
            transfers.admin().sessions().unblock(session, this::answer);
        }
    }

    private void leaveLink() {
        if (link != null && link.isIdle()) {
            transfers.cache().give(link, transfers.admin().clock().unixMillis());
        } else if (link != null) {
            link.close();
        }
    }

    private void answer() {
        ReplyBuffer reply = transfers.admin().dispatcher().reply();
        if (error != null) {
            transfers.admin().stats().countError(error.substring(0, error.indexOf(' ')));
            reply.error(error);
        } else if (sentAny) {
            reply.ok();
        } else {
            reply.simple("NOKEY");
        }
    }
}
