// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.net.NetServer;
import dev.sigrun.kernel.store.ExpiryCycle;
import java.util.ArrayList;
import java.util.List;

/** What is done from time to time, in slices that hold the owner for little. Owner thread only. */
final class Cron {
    private static final long TICK_MILLIS = 10;
    private static final long SAMPLE_MILLIS = 100;

    /** How long a command may have to wait for memory that is freed. */
    private static final long FREE_SLICE_NANOS = 500_000;

    /**
     * A slice of the expiry cycle may take this share of the pause after it: half a millisecond.
     * Valkey takes a little more, but in one piece of 25 milliseconds.
     */
    private static final int EXPIRY_PERCENT = 25;

    private final AdminContext context;
    private final Config config;
    private final Clock clock;
    private final NetServer net;
    private final TlsSetup tls;
    private final ExpiryCycle expiry;
    private final SlicedWork freeing;
    private final SlicedWork expiring;
    private long wakeMillis;
    private long nextExpiryMillis;
    private long nextSampleMillis;
    private long nextIdleCheckMillis;

    Cron(AdminContext context, NetServer net, TlsSetup tls) {
        this.tls = tls;
        this.context = context;
        this.config = context.config();
        this.clock = context.clock();
        this.net = net;
        this.expiry = new ExpiryCycle(context.store(), context.clock());
        this.freeing = new SlicedWork(context.owner(), this::freeSome);
        this.expiring = new SlicedWork(context.owner(), this::expireSome);
    }

    void start() {
        context.owner().every(TICK_MILLIS, this::tick);
    }

    /** Data has been loaded: what is past its time begins to go before a client looks at it. */
    void loaded() {
        if (!context.toggles().cronPaused) {
            expireKeys(clock.unixMillis());
        }
    }

    private void tick() {
        long begin = clock.nanos();
        long now = clock.unixMillis();
        context.store().advance();
        context.dispatcher().watch().tick(TICK_MILLIS * 1_000_000);
        endWaits();
        freeing.begin();
        if (!context.toggles().cronPaused) {
            work(now);
        }
        context.dispatcher().serveWaiting();
        context.dispatcher().watch().load().cron(clock.nanos() - begin);
    }

    /** Ends the waits whose time is over; what ends before the next tick does so on time. */
    private void endWaits() {
        long now = clock.unixMillis();
        context.sessions().expireBlocks(now);
        long next = context.sessions().nextDeadlineMillis();
        if (next != wakeMillis && next - now < TICK_MILLIS) {
            wakeMillis = next;
            context.owner().after(next - now, this::endWaits);
        }
    }

    private void work(long now) {
        if (now >= nextExpiryMillis) {
            expireKeys(now);
        }
        if (now >= nextSampleMillis) {
            nextSampleMillis = now + SAMPLE_MILLIS;
            sample(now);
            net.tick();
            context.dispatcher().audience().tracking().limit();
            context.dispatcher().clientMemory().countAll();
            context.persistence().tick();
            context.shutdown().tick();
        }
        if (now >= nextIdleCheckMillis) {
            nextIdleCheckMillis = now + 1000;
            closeIdle(now);
            tls.tick(now);
        }
    }

    private void expireKeys(long now) {
        int hz = Math.max(config.intValue(ServerParameters.HZ), 1);
        long period = Math.max(1000 / hz, TICK_MILLIS);
        nextExpiryMillis = now + period;
        context.dispatcher().watch().load().cronCycle();
        if (expiring.isUnderWay()) {
            context.store().stats().expiredTimeCapReached++;
        }
        expiring.begin();
        if (context.toggles().activeExpire && !isLoading()) {
            context.store().ownExpiries().run();
        }
    }

    /** A slice of the expiry cycle; says whether there is more to do. */
    private boolean expireSome() {
        boolean paused = context.dispatcher().pause().isActive(clock.unixMillis());
        if (!context.toggles().activeExpire || context.toggles().cronPaused || paused) {
            return false;
        }
        if (isLoading()) {
            return false;
        }
        context.store().advance();
        int effort = config.intValue(MemoryParameters.ACTIVE_EXPIRE_EFFORT);
        int percent = EXPIRY_PERCENT + 2 * (effort - 1);
        return expiry.run(SlicedWork.PAUSE_MILLIS * 1_000_000 * percent / 100, effort);
    }

    /**
     * Whether data is being loaded: what the file says next may give a key more time, and no file
     * and no replica would hear of the end of one.
     */
    private boolean isLoading() {
        return context.dispatcher().condition().loading() != Condition.Loading.NONE;
    }

    private boolean freeSome() {
        context.store().freeSome(FREE_SLICE_NANOS);
        return context.store().isFreeing();
    }

    private void sample(long now) {
        var stats = context.stats();
        stats.operations.sample(now, stats.commandsProcessed);
        stats.input.sample(now, net.bytesIn());
        stats.output.sample(now, net.bytesOut());
    }

    private void closeIdle(long now) {
        long timeoutMillis = config.longValue(ConnectionParameters.TIMEOUT) * 1000;
        if (timeoutMillis == 0) {
            return;
        }
        List<Session> idle = new ArrayList<>();
        for (Session session : context.sessions().all()) {
            if (now - session.lastActiveMillis() > timeoutMillis
                    && !session.isBlocked()
                    && !session.isReplica()
                    && !session.isReplicated()) {
                idle.add(session);
            }
        }
        idle.forEach(session -> session.transport().close());
    }
}
