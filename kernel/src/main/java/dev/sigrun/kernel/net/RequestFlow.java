// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/**
 * Takes what a client has sent to the owner, batch by batch, and the replies back. Confined to the
 * connection's loop where not said otherwise.
 *
 * <p>While the owner has the batch, input and output are the owner's. Where the loop is the owner
 * itself, lending is a plain call; elsewhere both ways go through the loops' task queues, which
 * also order memory. A batch whose session is blocked stays lent until the session goes on or the
 * connection ends.
 */
final class RequestFlow {
    /** What is done with the connection. What arrives in any but the first waits. */
    private enum Stage {
        /** It is read from. */
        READING,
        /** The owner has the batch. */
        LENT,
        /** It has read much at once or the owner has enough to do, and others come first. */
        RESTING,
        /** It goes to another loop. */
        MOVING
    }

    /** So much of what was read at once is worked off before the others have their turn. */
    private static final int TURN_BYTES_MAX = 64 * 1024;

    private final Connection connection;
    private final Connections connections;
    private final Channel channel;
    private final ConnectionHome home;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final BatchRun run;
    private Stage stage = Stage.READING;
    private boolean countsAsLent;
    private boolean isParked;

    RequestFlow(Connection connection, Channel channel, BatchRun run) {
        this.connection = connection;
        this.connections = connection.connections();
        this.channel = channel;
        this.home = connection.home();
        this.input = connection.input();
        this.output = connection.output();
        this.run = run;
    }

    boolean isReading() {
        return stage == Stage.READING;
    }

    boolean isLent() {
        return stage == Stage.LENT;
    }

    /** Whether what the client has sent will be answered, and not at some far time. */
    boolean awaitsReplies() {
        return !isReading() && !isParked;
    }

    boolean isMoving() {
        return stage == Stage.MOVING;
    }

    // ---- what comes ----

    /** Takes a filled buffer, whose reference goes over. */
    void read(ByteBuf buffer) {
        if (isReading() && home.isStale()) {
            moveIfIdle();
        }
        if (isReading()) {
            count(input.take(home.state(), buffer));
            process();
        } else if (input.isQuery(buffer)) {
            count(input.take(home.state(), buffer));
        } else {
            input.setAside(home.state(), buffer);
            readNoMore();
        }
    }

    /**
     * A flood waits in the kernel until what was set aside is taken up. But a session that is
     * blocked may stay so for long, and only who goes on reading learns that its client has gone.
     */
    private void readNoMore() {
        if (!isParked) {
            channel.config().setAutoRead(false);
        } else if (input.asideBytes() > connections.limits().queryBytesMax()) {
            connections.queryLimitReached(connection);
        }
    }

    private void takeUp(int bytesMax) {
        count(input.takeAside(home.state(), bytesMax));
        if (!input.hasAside()) {
            channel.config().setAutoRead(true);
        }
    }

    private void count(int bytes) {
        connection.session().bytesIn += bytes;
        home.state().traffic().countRead(bytes);
    }

    /** Parses what is there and lends it to the owner, until nothing complete is left. */
    private void process() {
        LoopState state = home.state();
        while (isReading()
                && !output.isOver()
                && input.parse(state, run.isAuthenticated(), connections.limits().bulkBytesMax())) {
            if (home.isOwners() || state.mayLend()) {
                lend();
            } else {
                awaitLending(state);
            }
        }
        if (isReading()) {
            settle(state);
        }
    }

    /** Elsewhere than on the owner only what is new there, a large request under way, is told. */
    private void countMemory() {
        if (home.isOwners()) {
            connections.dispatcher().clientMemory().count(connection.session());
        } else if (input.isOwn()) {
            connections
                    .owner()
                    .execute(() ->
                            connections.dispatcher().clientMemory().count(connection.session()));
        }
    }

    private void settle(LoopState state) {
        if (output.isOver()) {
            output.send();
            input.release(state);
            return;
        }
        if (input.incompleteBytes() > connections.limits().queryBytesMax()) {
            output.send();
            connections.queryLimitReached(connection);
            input.release(state);
            return;
        }
        input.settle(state);
        if (connections.dispatcher().clientMemory().counts()) {
            countMemory();
        }
        if (home.isOwners()) {
            output.sendInTurn();
        } else {
            output.send();
        }
        if (input.hasAside()) {
            rest();
        } else if (connection.inputHasEnded()) {
            output.finish();
        } else if (home.isEnding()) {
            moveIfIdle();
        }
        connection.settled();
    }

    /** Lets the other connections have their turn before more of what has come is executed. */
    void rest() {
        stage = Stage.RESTING;
        home.state().loop().execute(this::goOn);
    }

    /** The owner has enough to do already. */
    private void awaitLending(LoopState state) {
        stage = Stage.RESTING;
        output.send();
        input.tighten(state);
        state.lendLater(this);
    }

    /** The others have had their turn. */
    void goOn() {
        stage = Stage.READING;
        if (connection.isClosed()) {
            connection.release();
            return;
        }
        if (input.hasAside()) {
            takeUp(TURN_BYTES_MAX);
        }
        process();
    }

    // ---- to the owner and back ----

    private void lend() {
        stage = Stage.LENT;
        run.begin();
        output.prepare(home.state());
        if (home.isOwners()) {
            if (execute()) {
                takeBack();
            }
        } else {
            countsAsLent = true;
            home.state().ship(this, connections.owner());
        }
    }

    /**
     * On the owner: executes the batch.
     *
     * @return whether it can be given back; not if the session is blocked
     */
    boolean execute() {
        try {
            return run.run();
        } catch (RuntimeException | Error e) {
            // Who waits behind this one must not suffer, nor what was lent be lost.
            connections.fault(connection, e);
            run.fail();
            home.close();
            return true;
        }
    }

    /** On the loop: the owner is done with the batch. */
    void returned() {
        lendEnded(home.state());
        takeBack();
        process();
    }

    private void takeBack() {
        stage = Stage.READING;
        isParked = false;
        if (connection.isClosed()) {
            connection.depart();
            return;
        }
        if (input.batch() != null) {
            input.batch().consume(0);
        }
        if (output.isLarge()) {
            output.send();
        }
        output.sendPushes();
        if (input.hasAside()) {
            takeUp(Integer.MAX_VALUE);
        }
    }

    /** On the owner: the session is blocked. Sends the replies up to the command that blocks. */
    void stayLent() {
        LoopState state = home.state();
        if (!run.isDrained()) {
            input.tighten(state);
        }
        int length = output.used();
        Output full = output.detach();
        if (home.isOwners()) {
            park(full, length);
        } else {
            state.loop().execute(() -> park(full, length));
        }
    }

    /** The session is blocked, maybe for long, and should hold little meanwhile. */
    private void park(Output full, int length) {
        LoopState state = home.state();
        output.send(full, length, state);
        lendEnded(state);
        isParked = true;
        output.sendPushes();
        if (input.hasAside()) {
            channel.config().setAutoRead(true);
        }
        if (run.isDrained()) {
            input.settle(state);
        }
        connection.settled();
    }

    /** Something was pushed to the client. It goes where the replies are, which may be here. */
    void pushesCame() {
        LoopState state = home.state();
        if (!state.loop().inEventLoop()) {
            state.loop().execute(this::pushesCame);
        } else if (!isMoving() && (!isLent() || isParked)) {
            output.sendPushes();
        }
    }

    /** Lets another connection lend its requests to the owner. */
    private void lendEnded(LoopState state) {
        if (countsAsLent) {
            countsAsLent = false;
            state.lendEnded();
        }
    }

    /** On the owner: the session was blocked and has gone on. */
    void resumed() {
        if (home.isOwners()) {
            takeBack();
            process();
        } else {
            home.state().loop().execute(this::returned);
        }
    }

    /** Goes where connections go now, unless there is still something to do here. */
    void moveIfIdle() {
        boolean isBusy = !isReading() || input.hasAside() || output.isBusy() || output.isOver();
        if (connection.stream() != null) {
            return; // What it sends comes from elsewhere, at any time.
        }
        if (!isBusy && !connection.inputHasEnded() && channel.isActive()) {
            LoopState here = home.state();
            if (home.move()) {
                stage = Stage.MOVING;
                if (input.isOwn()) {
                    here.queryDropped(connection);
                }
            }
        }
    }

    /** On the new loop, with whatever has come on the way. */
    void arrived() {
        if (input.isOwn()) {
            home.state().queryKept(connection);
        }
        output.sendPushes();
        goOn();
    }
}
