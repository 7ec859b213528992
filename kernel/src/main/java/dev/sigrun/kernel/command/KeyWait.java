// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.spi.command.Wait;

/**
 * A client that waits for keys, with all that its command needs in order to run again: the
 * arguments, copied out of the network's buffer, one behind the other. Owner thread only.
 *
 * <p>How long the attempts took so far is kept here too, since the command counts only when it is
 * done.
 */
final class KeyWait implements Session.Block {
    private final Dispatcher dispatcher;
    private final Session session;
    private final Command command;
    private final Wait wait;
    private final KeptRequest request;
    private KeyQueue.Place places;
    private long nanos;

    /** Copies the arguments; the client stands in no queue yet. */
    KeyWait(Dispatcher dispatcher, Session session, Command command, ArgsView args, Wait wait) {
        this.dispatcher = dispatcher;
        this.session = session;
        this.command = command;
        this.wait = wait;
        byte[][] replaced = new byte[args.count()][];
        for (Wait.Replacement replacement : wait.replacements()) {
            replaced[replacement.index()] = replacement.content();
        }
        request = new KeptRequest(dispatcher.allocator(), args, replaced);
    }

    Session session() {
        return session;
    }

    Command command() {
        return command;
    }

    /** The name of the type that a key must hold. */
    String typeName() {
        return wait.type().spec().name();
    }

    @Override
    public boolean isForKeys() {
        return true;
    }

    /** Whether the client is served also when a key is gone or holds another type. */
    boolean waitsForGone() {
        return wait.goneToo();
    }

    /** The command, as a batch of its own. */
    RequestBatch request() {
        return request.batch();
    }

    /** Address that the offsets of {@link #request} count from. */
    long address() {
        return request.address();
    }

    /** One of the client's places, from which the others are reached; null when it has none. */
    KeyQueue.Place places() {
        return places;
    }

    void places(KeyQueue.Place newest) {
        places = newest;
    }

    /** What the attempts so far took. */
    long nanos() {
        return nanos;
    }

    /** What all attempts so far took, the last one included. */
    void nanos(long allNanos) {
        nanos = allNanos;
    }

    @Override
    public long deadlineMillis() {
        return wait.deadlineMillis();
    }

    @Override
    public long argumentBytes() {
        return request.bytes();
    }

    @Override
    public void timedOut(Session waiting) {
        dispatcher.answerInVain(this, wait.inVain());
        dispatcher.countWaited(this);
    }

    @Override
    public void cancelled(Session waiting) {
        command.rejectedCalls++;
        dispatcher.countWaited(this);
    }

    @Override
    public void ended() {
        dispatcher.waits().leave(this);
        request.free();
    }
}
