// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.ReplyBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All connected clients by id, oldest first. Owner thread only. */
public final class Sessions {
    private final Map<Long, Session> byId = new LinkedHashMap<>();
    private ReplyBuffer replies;
    private long nextId = 1;
    private long blocked;

    /** A wait that somebody ends in a later turn of the owner; nothing else ends it. */
    private static final class Ending implements Session.Block {
        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            // Without a deadline there is nothing to time out.
        }
    }

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

    /** Lets a client go. */
    public void remove(Session session) {
        if (byId.remove(session.id()) != null && session.isBlocked()) {
            forgetBlock(session.block());
            session.block(null);
        }
    }

    private void forgetBlock(Session.Block block) {
        if (block.isCommand()) {
            blocked--;
        }
    }

    /**
     * Ends a client at once, without the replies that wait: from now on it is in no list and
     * executes nothing, whatever has already arrived from it.
     */
    public void kill(Session session) {
        session.closeAfterReply();
        if (byId.remove(session.id()) != null && session.isBlocked()) {
            // The block itself stays: by it the connection knows that its requests are still lent.
            forgetBlock(session.block());
        }
        session.transport().close();
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

    /** Number of clients. */
    public int size() {
        return byId.size();
    }

    /** Number of clients that wait for something that a command asked for. */
    public long blocked() {
        return blocked;
    }

    /** Makes a session wait. */
    public void block(Session session, Session.Block waitingFor) {
        session.block(waitingFor);
        if (waitingFor.isCommand()) {
            blocked++;
        }
    }

    /**
     * Takes over the end of what a command waits for: the session stays blocked, and nothing ends
     * that but {@link #unblock}. For use while another command runs, because unblocking executes
     * requests and so needs a turn of its own.
     *
     * @return what the command waited for; null when the session is not in a command that waits
     */
    public Session.Block takeOver(Session session) {
        Session.Block waiting = session.block();
        if (waiting == null || !waiting.isCommand() || waiting instanceof Ending) {
            return null;
        }
        session.block(new Ending());
        return waiting;
    }

    /**
     * Ends a session's waiting; what comes behind in its buffer is executed then. Not to be called
     * while a command runs; see {@link #takeOver}.
     *
     * @param answer writes the reply of the command that waited
     */
    public void unblock(Session session, Runnable answer) {
        Session.Block ended = session.block();
        if (ended == null || byId.get(session.id()) != session) {
            return;
        }
        session.transport().open();
        if (ended.isCommand()) {
            answer(session, answer);
        }
        session.block(null);
        forgetBlock(ended);
        session.transport().resume();
    }

    /** Writes an answer unless the client does not want to hear it. */
    private void answer(Session session, Runnable answer) {
        int mark = replies.used();
        answer.run();
        Session.ReplyMode mode = session.replyMode();
        if (mode != Session.ReplyMode.ON) {
            replies.truncate(mark);
        }
        if (mode == Session.ReplyMode.SKIP) {
            session.replyMode(Session.ReplyMode.ON);
        }
    }

    /** Ends the waiting of all whose time is over. */
    public void expireBlocks(long nowMillis) {
        List<Session> due = null;
        for (Session session : byId.values()) {
            Session.Block block = session.block();
            if (block != null
                    && block.deadlineMillis() != 0
                    && block.deadlineMillis() <= nowMillis) {
                due = due == null ? new ArrayList<>() : due;
                due.add(session);
            }
        }
        if (due != null) {
            for (Session session : due) {
                Session.Block block = session.block();
                unblock(session, () -> block.timedOut(session));
            }
        }
    }

    /** Lets everybody go on whom a pause has stopped. */
    public void endPause() {
        for (Session session : List.copyOf(byId.values())) {
            if (session.isBlocked() && !session.block().isCommand()) {
                unblock(session, () -> {});
            }
        }
    }
}
