// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All connected clients by id, oldest first. Owner thread only. */
public final class Sessions {
    private final Map<Long, Session> byId = new LinkedHashMap<>();
    private long nextId = 1;
    private long blocked;

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
            session.block(null);
            blocked--;
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
     * Ends a session's waiting; what comes behind in its buffer is executed then.
     *
     * @param answer writes the reply of the command that waited
     */
    public void unblock(Session session, Runnable answer) {
        Session.Block ended = session.block();
        if (ended == null) {
            return;
        }
        session.transport().open();
        answer.run();
        session.block(null);
        if (ended.isCommand()) {
            blocked--;
        }
        session.transport().resume();
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
