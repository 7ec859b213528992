// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Access;

/**
 * Serves those who wait for keys that have changed, between two commands. Owner thread only.
 *
 * <p>The commands of those who wait for a key run again one after the other, first come first
 * served, as long as the key holds what they wait for. What they do to other keys may make these
 * ready in turn. Everybody gets one attempt for a change of a key: whoever waits on after it stays
 * in place and has to wait for the next change.
 */
final class KeyServing {
    /**
     * Attempts after which no further key is begun with; what is ready stays so. Each attempt that
     * changes a key ends a wait, so that only a command that breaks its promises comes so far.
     */
    private static final int ATTEMPTS_MAX = 1000;

    private final Dispatcher dispatcher;
    private final Store store;
    private final KeyWaits waits;
    private final ReplyBuffer reply;
    private final ReplyBuffer.Place place = new ReplyBuffer.Place();
    private final StoredKey key;
    private final Slice name = new Slice();
    private int attempts;

    KeyServing(Dispatcher dispatcher, Store store, KeyWaits waits) {
        this.dispatcher = dispatcher;
        this.store = store;
        this.waits = waits;
        this.reply = dispatcher.reply();
        this.key = new StoredKey(store);
    }

    /**
     * Lets the client of the command at hand join the queues of its keys.
     *
     * @throws MemoryExhausted when there is no room for the command's arguments
     */
    KeyWait join(Execution execution, Wait wait) {
        KeyWait waiting =
                new KeyWait(
                        dispatcher,
                        execution.session(),
                        execution.command(),
                        execution.argsView(),
                        wait);
        try {
            waits.join(waiting, wait.keys());
        } catch (MemoryExhausted | IndexOutOfBoundsException e) {
            waiting.ended();
            throw e;
        }
        return waiting;
    }

    /**
     * Serves whoever can be served.
     *
     * @param running the session whose batch is being executed, over whose output the reply buffer
     *     lies; null for none
     */
    void serve(Session running) {
        reply.leave(place);
        attempts = 0;
        while (waits.isReady() && attempts < ATTEMPTS_MAX) {
            serve(waits.takeReady(), running);
        }
        reply.comeBack(place);
    }

    private void serve(KeyQueue queue, Session running) {
        if (queue.isEmpty()) {
            return;
        }
        long lastTurn = queue.last().turn();
        KeyQueue.Place at = queue.first();
        while (at != null && at.turn() <= lastTurn) {
            String type = typeAt(queue);
            if (type.equals("none") && !queue.someWaitForGone()) {
                return;
            }
            long turn = at.turn();
            KeyQueue.Place next = at.next();
            KeyWait waiting = at.waiting();
            if (waiting.waitsForGone() || type.equals(waiting.typeName())) {
                serve(waiting, running);
            }
            at = next == null || !next.isLeft() ? next : queue.firstAfter(turn);
        }
    }

    /**
     * The name of the type that a key holds, {@code none} when it is absent. A key past its time is
     * absent as well, but stays: nobody has asked for it.
     */
    private String typeAt(KeyQueue queue) {
        store.seenBySource(false);
        name.wrap(queue.name(), queue.nameLength());
        int access = Access.READ | Access.NO_TOUCH | Access.NO_STATS | Access.EXPIRED_TOO;
        key.open(store.database(queue.db()), queue.hash(), name, access);
        return key.isPastItsTime() ? "none" : key.typeName();
    }

    private void serve(KeyWait waiting, Session running) {
        Session session = waiting.session();
        if (session.isClosing()) {
            return;
        }
        if (dispatcher.pause().holds(waiting.command(), store.nowMillis())) {
            waits.holdBack();
            return;
        }
        attempts++;
        if (session == running) {
            // It blocked just now, and what it was answered before lies still unsent.
            reply.comeBack(place);
            dispatcher.runAgain(waiting);
            reply.leave(place);
            return;
        }
        session.transport().beginAnswer();
        boolean done = dispatcher.runAgain(waiting);
        session.transport().endAnswer();
        if (done) {
            session.transport().resume();
        }
    }
}
