// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.channel.Channel;

/**
 * The loop that a connection is on, and its way from one to another. Confined to that loop where
 * not said otherwise.
 *
 * <p>A move begins when something comes, nothing is lent and everything is sent. The connection
 * takes with it what has come and leaves its loop's poll set; what comes meanwhile waits in the
 * socket, where the other loop finds it. Both loops' queues order memory. Whoever wants something
 * of the connection while it is on its way asks the new loop, which remembers it.
 */
@SuppressWarnings(
        "FutureReturnValueIgnored") // A channel's futures are heard by the channel itself.
final class ConnectionHome {
    private final Connection connection;
    private final Channel channel;
    private final Loops loops;
    private volatile LoopState state;
    private boolean isOwners = true;
    private Placement placement;
    private LoopState place;
    private boolean isUnderway;
    private boolean closeOnArrival;
    private boolean isLeft;

    /** On the owner, whose loop is where every connection begins. */
    ConnectionHome(Connection connection, Channel channel, Loops loops) {
        this.connection = connection;
        this.channel = channel;
        this.loops = loops;
        this.state = loops.owner();
        state.members().enter();
    }

    /** The loop that the connection is on, or on its way to. Any thread. */
    LoopState state() {
        return state;
    }

    /** Whether the loop is the owner; also for the owner while it has the batch. */
    boolean isOwners() {
        return isOwners;
    }

    /** On the owner: whether the connection is on the owner's loop, and not about to leave it. */
    boolean isHere() {
        return state == loops.owner() && !connection.flow().isMoving();
    }

    /** Whether connections go elsewhere now. */
    boolean isStale() {
        return placement != loops.placement();
    }

    /** Whether the loop is to end. */
    boolean isEnding() {
        return state.members().isClosed();
    }

    /**
     * Finds the connection's place anew, and goes there; only when nothing is to be done here.
     *
     * @return whether it goes
     */
    boolean move() {
        Placement next = loops.placement();
        LoopState here = state;
        LoopState there = next.place(here);
        leavePlace();
        placement = next;
        place = there;
        if (there == here) {
            return false;
        }
        if (!there.members().enter()) {
            // That loop is to end, so there is another placement.
            leavePlace();
            return false;
        }
        channel.deregister().addListener(future -> left(here, there));
        return true;
    }

    private void leavePlace() {
        if (placement != null) {
            placement.leave(place);
            placement = null;
        }
    }

    private void left(LoopState here, LoopState there) {
        if (!channel.isActive()) {
            loops.leave(there);
            connection.inactive();
            return;
        }
        isUnderway = true;
        loops.leave(here);
        state = there;
        there.loop().register(channel).addListener(future -> arrived(future.isSuccess()));
    }

    private void arrived(boolean isWell) {
        isUnderway = false;
        isOwners = state == loops.owner();
        if (!isWell) {
            // The loop has ended, and with it the server.
            connection.inactive();
        } else if (closeOnArrival) {
            channel.close();
        } else {
            connection.flow().arrived();
        }
    }

    /** Closes the connection without sending what waits. Any thread. */
    void close() {
        LoopState here = state;
        if (!here.loop().inEventLoop()) {
            here.loop().execute(this::close);
        } else if (isUnderway) {
            closeOnArrival = true;
        } else {
            channel.close();
        }
    }

    /** The connection counts no more where connections are spread. */
    void closed() {
        leavePlace();
    }

    /** The connection needs its loop no more. */
    void leave() {
        if (!isLeft) {
            isLeft = true;
            loops.leave(state);
        }
    }
}
