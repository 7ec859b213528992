// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.Memory;

/**
 * The owner's part in a connection: executes the batch that the connection lends it, and the rest
 * of the batch when the session was blocked and goes on. Owner thread only, but for {@link #begin}
 * and for what the connection asks when it has the batch back.
 */
final class BatchRun {
    private final Connection connection;
    private final Connections connections;
    private final Session session;
    private final Runnable goOn = this::goOn;
    private Output answer;
    private int nextCommand;
    private boolean isDrained;
    private boolean isAuthenticated;
    private boolean isOver;
    private boolean isOpen;

    BatchRun(Connection connection, Connections connections, Session session) {
        this.connection = connection;
        this.connections = connections;
        this.session = session;
        this.isAuthenticated = session.isAuthenticated();
    }

    /** Whether the client may use everything, as of the last batch. */
    boolean isAuthenticated() {
        return isAuthenticated;
    }

    /** Whether nothing more is executed, as of the last batch. */
    boolean isOver() {
        return isOver;
    }

    /**
     * Whether the session was blocked by the last of all requests that have come, so that the owner
     * looks at batch and query buffer no more. On the connection's loop, while it is blocked.
     */
    boolean isDrained() {
        return isDrained;
    }

    /** A new batch is going to be executed. On the connection's loop. */
    void begin() {
        nextCommand = 0;
        isDrained = false;
    }

    /**
     * Executes the batch.
     *
     * @return whether the connection has it back; not if the session is blocked
     */
    boolean run() {
        if (connections.dispatcher().clientMemory().counts()) {
            // With a large request it may be this client that has to go.
            connections.dispatcher().clientMemory().count(session);
            connections.dispatcher().clientMemory().evict();
        }
        open();
        return execute();
    }

    private void open() {
        ReplyBuffer reply = connections.dispatcher().reply();
        connection.output().wrap(reply, connection.home());
        reply.protocol(session.protocol());
        isOpen = true;
        takePushes(reply);
    }

    private boolean execute() {
        if (!isDrained) {
            executeBatch();
        }
        close();
        if (session.isBlocked() && !session.isClosing()) {
            isDrained = isDrained || isAllDone();
            connection.flow().stayLent();
            closeIfInVain();
            return false;
        }
        return true;
    }

    private void executeBatch() {
        Dispatcher dispatcher = connections.dispatcher();
        ConnectionInput input = connection.input();
        if (!session.isClosing() && !connection.isClosed()) {
            nextCommand = dispatcher.run(session, input.batch(), input.address(), nextCommand);
        }
        boolean isDone = nextCommand == input.batch().commands();
        if (isDone && input.error() != null && !session.isClosing()) {
            connections.protocolError(session, input.error());
        }
    }

    private boolean isAllDone() {
        ConnectionInput input = connection.input();
        return nextCommand == input.batch().commands() && input.isAllParsed();
    }

    private void close() {
        takePushes(connections.dispatcher().reply());
        isOpen = false;
        int bytes = connection.output().unwrap(connections.dispatcher().reply());
        session.bytesOut += bytes;
        connections.countOutput(bytes);
        if (bytes > 0 && connection.stream() != null) {
            connections.strayReply(session, connection.output().firstError());
        }
        isAuthenticated = session.isAuthenticated();
        isOver = session.isClosing();
        if (!connection.home().isOwners()) {
            connections.dispatcher().clientMemory().count(session);
        }
    }

    // ---- going on after a wait ----

    /** Lays the reply buffer over room for an answer to the session, which is blocked. */
    void beginAnswer() {
        answer = connections.loops().owner().takeOutput();
        ReplyBuffer reply = connections.dispatcher().reply();
        reply.wrap(answer, 0);
        reply.protocol(session.protocol());
    }

    /** Sends the answer, at once, since there may be many and each takes a whole output. */
    void endAnswer() {
        takePushes(connections.dispatcher().reply());
        Output full = answer;
        answer = null;
        int length = connections.dispatcher().reply().used();
        session.bytesOut += length;
        connections.countOutput(length);
        connection.output().sendAnswer(full, length);
    }

    /** The session is not blocked any longer. */
    void resume() {
        connections.owner().execute(goOn);
    }

    private void goOn() {
        if (connection.flow().execute()) {
            connection.flow().resumed();
        }
    }

    // ---- what the client has not asked for ----

    /** Sends bytes at once, or behind the replies that are being written. */
    void push(long address, int length) {
        if (session.isClosing() || connection.isClosed()) {
            return;
        }
        if (isOpen || answer != null) {
            connection.outbox().add(address, length);
            connections.dispatcher().sessions().pushWaits();
            return;
        }
        session.bytesOut += length;
        connections.countOutput(length);
        if (!connection.home().isHere()) {
            if (connection.outbox().add(address, length)) {
                connection.home().state().loop().execute(connection.flow()::pushesCame);
            }
        } else if (connection.flow().isLent()) {
            Output full = connections.loops().owner().takeOutput();
            if (full.capacity() < length) {
                full.grow(0, length);
            }
            Memory.copy(address, full.address(), length);
            connection.output().sendAnswer(full, length);
        } else if (connection.outbox().add(address, length)) {
            connection.home().state().pushLater(connection.flow());
        }
    }

    /** Writes what was pushed meanwhile behind the replies. */
    void takePushes(ReplyBuffer reply) {
        if (connection.outbox().bytes() > 0) {
            connection.outbox().moveTo(reply);
        }
    }

    /** Nothing more is executed, since there was a fault. */
    void fail() {
        isOpen = false;
        session.closeAfterReply();
        isOver = true;
    }

    /** Nobody will take the answer of a client that waits and has ended its input. */
    void closeIfInVain() {
        if (connection.inputHasEnded() && session.isBlocked()) {
            connection.home().close();
        }
    }
}
