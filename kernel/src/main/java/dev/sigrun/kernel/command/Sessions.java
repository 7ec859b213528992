// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.kernel.wire.ReplyBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** All connected clients by id, oldest first, and those that wait. Owner thread only. */
public final class Sessions {
    private final Map<Long, Session> byId = new LinkedHashMap<>();

    /** Those whose wait ends by itself, whoever's ends first in front. */
    private final TreeSet<Session> byDeadline =
            new TreeSet<>(
                    Comparator.<Session>comparingLong(Session::deadlineMillis)
                            .thenComparingLong(Session::id));

    /** Those whose next command waits for the end of a pause. */
    private final Set<Session> paused = new LinkedHashSet<>();

    private final ReplyBuffer.Place place = new ReplyBuffer.Place();
    private ReplyBuffer replies;
    private long nextId = 1;
    private long blocked;
    private long deadlines;
    private boolean pushWaits;
    private Consumer<Session> gone = session -> {};
    private Function<Session, String> describer = session -> "id=" + session.id();

    /** Says where the answers to commands that waited are written. */
    void replies(ReplyBuffer buffer) {
        replies = buffer;
    }

    /** An id that was never used before. */
    public long nextId() {
        return nextId++;
    }

    /** Takes a client in. */
    public void add(Session session) {
        byId.put(session.id(), session);
    }

    /** Says who is told when a client has gone. */
    void whenGone(Consumer<Session> listener) {
        gone = listener;
    }

    /** Lets a client go. */
    public void remove(Session session) {
        session.endTransaction();
        endPeer(session);
        gone.accept(session);
        if (byId.remove(session.id()) != null && session.isBlocked()) {
            end(session, session.block());
            session.block(null);
        }
    }

    /**
     * Ends a client at once, without the replies that wait: from now on it is in no list and
     * executes nothing, whatever has already arrived from it.
     */
    public void kill(Session session) {
        session.closeAfterReply();
        session.endTransaction();
        endPeer(session);
        gone.accept(session);
        if (byId.remove(session.id()) != null && session.isBlocked()) {
            // The block itself stays: by it the connection knows that its requests are still lent.
            end(session, session.block());
        }
        session.transport().close();
    }

    private static void endPeer(Session session) {
        Session.Peer peer = session.peer();
        if (peer != null) {
            session.peer(null);
            peer.gone();
        }
    }

    /** The client with an id, or null. */
    public Session find(long id) {
        return byId.get(id);
    }

    /** All clients, oldest first. */
    public Collection<Session> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Forgets which commands of an owner the clients sent last, so that the owner can go. */
    public void forget(String owner) {
        for (Session session : byId.values()) {
            session.forget(owner);
        }
    }

    /** Whether a client waits in a command of an owner, which cannot go meanwhile. */
    public boolean waitIn(String owner) {
        for (Session session : byId.values()) {
            if (session.block() instanceof KeyWait waiting
                    && waiting.command().owner().equals(owner)) {
                return true;
            }
        }
        return false;
    }

    /** Number of clients. */
    public int size() {
        return byId.size();
    }

    /** Number of clients that wait for something, be it the end of a pause. */
    public long blocked() {
        return blocked;
    }

    /** Number of clients that wait for something that a command asked for, but not for ever. */
    public long deadlines() {
        return deadlines;
    }

    /** Says how a client is shown in the log. */
    public void describer(Function<Session, String> lines) {
        describer = lines;
    }

    /** A client as the log shows it. */
    public String describe(Session session) {
        return describer.apply(session);
    }

    // ---- what clients have not asked for ----

    /** Something was pushed to a client whose command runs, and has to go behind its reply. */
    public void pushWaits() {
        pushWaits = true;
    }

    /** Writes what was pushed to a client while its command ran. */
    void takePushes(Session session, ReplyBuffer reply) {
        if (pushWaits) {
            pushWaits = false;
            session.transport().takePushes(reply);
        }
    }

    // ---- waiting ----

    /** Makes a session wait. */
    public void block(Session session, Session.Block waitingFor) {
        Check.that(!session.runsTransaction(), "a transaction does not wait");
        session.block(waitingFor);
        blocked++;
        if (!waitingFor.isCommand()) {
            paused.add(session);
        } else if (waitingFor.deadlineMillis() != 0) {
            deadlines++;
        }
        remember(session, waitingFor.deadlineMillis());
    }

    private void remember(Session session, long deadlineMillis) {
        if (deadlineMillis != 0) {
            session.deadlineMillis(deadlineMillis);
            byDeadline.add(session);
        }
    }

    /** A session does not wait any longer; the block gives back what it has. */
    void end(Session session, Session.Block waitedFor) {
        blocked--;
        byDeadline.remove(session);
        if (!waitedFor.isCommand()) {
            paused.remove(session);
        } else if (waitedFor.deadlineMillis() != 0) {
            deadlines--;
        }
        waitedFor.ended();
    }

    /**
     * Ends a session's waiting. May be called while a command of another session runs: what comes
     * behind in the session's buffer is executed in a later turn of the owner.
     *
     * @param answer writes the reply of the command that waited
     */
    public void unblock(Session session, Runnable answer) {
        Session.Block block = session.block();
        if (block == null || byId.get(session.id()) != session) {
            return;
        }
        if (block.isCommand()) {
            answer(session, answer);
        }
        session.block(null);
        end(session, block);
        session.transport().resume();
    }

    /** Writes an answer unless the client does not want to hear it. */
    private void answer(Session session, Runnable answer) {
        replies.leave(place);
        session.transport().beginAnswer();
        try {
            int mark = replies.used();
            answer.run();
            mute(session, mark);
        } finally {
            session.transport().endAnswer();
            replies.comeBack(place);
        }
    }

    /** Takes back the reply of a command that is done when the client does not want to hear it. */
    void mute(Session session, int mark) {
        Session.ReplyMode mode = session.replyMode();
        if (mode == Session.ReplyMode.OFF || mode == Session.ReplyMode.SKIP) {
            replies.truncate(mark);
        }
        if (mode == Session.ReplyMode.SKIP) {
            session.replyMode(Session.ReplyMode.ON);
        }
    }

    /**
     * When the next wait ends by itself, in Unix milliseconds; {@code Long.MAX_VALUE} for never.
     */
    public long nextDeadlineMillis() {
        return byDeadline.isEmpty() ? Long.MAX_VALUE : byDeadline.first().deadlineMillis();
    }

    /** Ends the waiting of all whose time is over. */
    public void expireBlocks(long nowMillis) {
        while (nextDeadlineMillis() <= nowMillis) {
            Session session = byDeadline.pollFirst();
            Session.Block block = session.block();
            if (block.deadlineMillis() > nowMillis) {
                // A pause was made longer.
                remember(session, block.deadlineMillis());
            } else {
                unblock(session, () -> block.timedOut(session));
            }
        }
    }

    /** Lets everybody go on whom a pause has stopped, in the order in which they were. */
    public void endPause() {
        for (Session session : List.copyOf(paused)) {
            unblock(session, () -> {});
        }
    }
}
