// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.base.ThreadTimes;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops: the owner's, and those of the IO threads, which read and write for it while
 * there is much to do. Owner thread only where not said otherwise.
 *
 * <p>An IO thread is started when it is first needed. When it is no longer needed, active
 * connections leave it, and it sleeps. It ends when {@code io-threads} has no place for it and its
 * last connection has left.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A loop that ends needs no witness.
final class Loops {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

    private static final long END_SECONDS_MAX = 2;

    /**
     * One pool for all servers of a process, since a pool keeps the memory that it has once had:
     * tests start servers by the hundred.
     */
    private static final ByteBufAllocator ALLOCATOR;

    static {
        // Netty follows one buffer in a hundred, which costs more than all its other bookkeeping.
        if (Stream.of(".level", "Level")
                .allMatch(end -> System.getProperty("io.netty.leakDetection" + end) == null)) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
        ALLOCATOR = new PooledByteBufAllocator(true);
    }

    private final Transports transports;
    private final LoopState owner;
    private final LoopScale scale = new LoopScale();
    private final LoopTimes times;

    /** The IO threads that have been started, by number from 0. */
    private final List<LoopState> others = new ArrayList<>();

    /** IO threads without a place, which still have connections. */
    private final List<LoopState> leaving = new ArrayList<>();

    private final LoopTraffic endedTraffic = new LoopTraffic();

    /** Processor time of IO threads that had to leave, by number from 0. */
    private long[] endedNanos = new long[0];

    private int most;
    private int active;
    private boolean alwaysActive;
    private volatile Placement placement;

    /** Makes the owner's loop. Any thread. */
    Loops(Transports transports, ThreadTimes threadTimes) {
        this.transports = transports;
        this.times = new LoopTimes(threadTimes);
        this.owner = newState("owner", true);
        this.placement = new Placement(List.of(owner));
    }

    private LoopState newState(String name, boolean isOwner) {
        return new LoopState(newLoop(name), ALLOCATOR, isOwner, !transports.isRing());
    }

    /** A loop, for whatever purpose. Any thread. */
    ServingLoop newLoop(String name) {
        return new ServingLoop(name, transports.handlers());
    }

    /** Any thread. */
    LoopState owner() {
        return owner;
    }

    /** Any thread. */
    ByteBufAllocator allocator() {
        return ALLOCATOR;
    }

    /** Where connections go now. Any thread. */
    Placement placement() {
        return placement;
    }

    /** Whether IO threads are in use. */
    boolean isActive() {
        return active > 0;
    }

    /**
     * Sets how many IO threads there may be besides the owner.
     *
     * @param always whether all of them are in use, whatever the load
     * @return those that have to leave, with their connections
     */
    List<LoopState> allow(int count, boolean always) {
        if (count > 0 && transports.isRing()) {
            LOG.warn("With {} there are no IO threads", transports.name());
            return List.of();
        }
        most = count;
        alwaysActive = always;
        endedNanos = Arrays.copyOf(endedNanos, Math.max(most, endedNanos.length));
        activate(always ? most : Math.min(active, most));
        List<LoopState> dismissed = new ArrayList<>();
        for (int i = others.size() - 1; i >= most; i--) {
            dismissed.add(dismiss(i));
        }
        return dismissed;
    }

    private LoopState dismiss(int number) {
        LoopState state = others.remove(number);
        endedNanos[number] += times.nanos(state);
        leaving.add(state);
        state.members().close();
        endIfOver(state);
        return state;
    }

    /** A connection has left a loop, or does not come after all. Any thread. */
    void leave(LoopState state) {
        if (state.members().leave()) {
            owner.loop().execute(() -> endIfOver(state));
        }
    }

    /** Ends an IO thread that has to leave, if nobody is on it any more. */
    void endIfOver(LoopState state) {
        if (state.members().isOver() && leaving.remove(state)) {
            state.loop()
                    .shutdownGracefully(0, END_SECONDS_MAX, TimeUnit.SECONDS)
                    .addListener(future -> state.release());
            endedTraffic.add(state.traffic());
        }
    }

    /** Looks at the load; called ten times a second. */
    void tick(long nowNanos) {
        owner.trimQueries();
        for (LoopState other : others) {
            if (other.members().count() > 0) {
                other.loop().execute(other::trimQueries);
            }
        }
        if (most > 0 && !alwaysActive && times.sample(nowNanos, owner, others)) {
            activate(
                    scale.decide(
                            active,
                            most,
                            times.spanNanos(),
                            times.ownerNanos(),
                            times.othersNanos()));
        }
    }

    private void activate(int count) {
        if (count == active) {
            return;
        }
        try {
            while (others.size() < count) {
                others.add(newState("io", false));
            }
        } catch (RuntimeException e) {
            LOG.warn("No more than {} IO threads can be started", others.size(), e);
        }
        int before = active;
        active = Math.min(count, others.size());
        if (active != before) {
            LOG.debug("IO threads in use: {}, before: {}", active, before);
            placement = new Placement(active == 0 ? List.of(owner) : others.subList(0, active));
        }
    }

    /** What all loops have read and written. */
    LoopTraffic totalTraffic() {
        LoopTraffic total = threadTraffic();
        total.add(owner.traffic());
        return total;
    }

    /** What the IO threads have read and written. */
    LoopTraffic threadTraffic() {
        LoopTraffic total = new LoopTraffic();
        total.add(endedTraffic);
        others.forEach(other -> total.add(other.traffic()));
        leaving.forEach(other -> total.add(other.traffic()));
        return total;
    }

    /** Processor time of the IO threads that there may be, by number from 0, in microseconds. */
    List<Long> threadMicros() {
        List<Long> micros = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            long running = i < others.size() ? times.nanos(others.get(i)) : 0;
            micros.add((endedNanos[i] + running) / 1000);
        }
        return micros;
    }

    /** Ends all loops, the owner's last. Not on a loop. */
    void shutdown() throws InterruptedException {
        List<LoopState> all = new ArrayList<>(others);
        all.addAll(leaving);
        for (LoopState other : all) {
            end(other);
        }
        end(owner);
    }

    private static void end(LoopState state) throws InterruptedException {
        state.loop().shutdownGracefully(0, END_SECONDS_MAX, TimeUnit.SECONDS).sync();
        state.release();
    }
}
