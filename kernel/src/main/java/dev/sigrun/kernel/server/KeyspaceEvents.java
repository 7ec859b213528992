// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.CommandAssembler;
import dev.sigrun.kernel.command.CommandBytes;
import dev.sigrun.kernel.command.KeyWaits;
import dev.sigrun.kernel.command.WatchedKeys;
import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.pubsub.KeyNotices;
import dev.sigrun.kernel.store.StoreListener;
import dev.sigrun.kernel.tracking.ClientTracking;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * Replicates the removal of keys that nobody removed by a command, and tells those who wait for
 * keys, watch them, have kept what they read, or have subscribed to events. Owner thread only.
 */
final class KeyspaceEvents implements StoreListener {
    private final AdminContext context;
    private final KeyWaits waits;
    private final WatchedKeys watches;
    private final KeyNotices notices;
    private final ClientTracking tracking;
    private final CommandAssembler effects =
            new CommandAssembler(this::effectKey, this::feedEffect);
    private int effectDb;
    private Bytes effectKey;

    /**
     * For the keys of one server.
     *
     * @param notices tells subscribers
     */
    KeyspaceEvents(AdminContext context, KeyNotices notices) {
        this.context = context;
        this.notices = notices;
        this.tracking = context.dispatcher().audience().tracking();
        this.waits = context.dispatcher().waits();
        this.watches = context.dispatcher().transactions().watchedKeys();
    }

    private Bytes effectKey() {
        return effectKey;
    }

    private void feedEffect(byte[] command) {
        context.dispatcher().propagation().feed(effectDb, command);
    }

    @Override
    public void event(int notifyClass, String event, int db, Bytes key) {
        notices.event(notifyClass, event, db, key);
        context.keyspaceWatch().event(notifyClass, event, db, key);
    }

    @Override
    public void modified(int db, Bytes key) {
        waits.modified(db, key);
        watches.modified(db, key);
        tracking.changed(context.dispatcher().running(), key);
        context.dispatcher().keyHolds().modified(db, key);
        context.keyspaceWatch().modified(db, key);
    }

    @Override
    public void expired(int db, Bytes key) {
        watches.leaving(db, key);
        tracking.changed(null, key);
        context.dispatcher().keyHolds().leaving(db, key);
        propagate(db, key, context.config().booleanValue(MemoryParameters.LAZYFREE_LAZY_EXPIRE));
    }

    @Override
    public void evicted(int db, Bytes key) {
        watches.leaving(db, key);
        tracking.changed(null, key);
        context.dispatcher().keyHolds().leaving(db, key);
        propagate(db, key, context.config().booleanValue(MemoryParameters.LAZYFREE_LAZY_EVICTION));
    }

    @Override
    public void flushing(int db) {
        watches.flushing(db);
    }

    @Override
    public void flushed(int db) {
        waits.flushed(db);
        tracking.flushed();
        context.dispatcher().keyHolds().flushed(db);
        context.keyspaceWatch().flushed(db);
    }

    @Override
    public void swapped(int one, int other) {
        waits.swapped(one, other);
        watches.swapped(one, other);
        context.dispatcher().keyHolds().swapped(one, other);
        context.keyspaceWatch().swapped(one, other);
    }

    @Override
    public CommandEmitter effect(int db, Bytes key) {
        effectDb = db;
        effectKey = key;
        effects.active(context.dispatcher().propagation().isActive());
        return effects;
    }

    private void propagate(int db, Bytes key, boolean lazily) {
        if (context.dispatcher().propagation().isActive()) {
            context.dispatcher()
                    .propagation()
                    .feed(db, CommandBytes.of(lazily ? "UNLINK" : "DEL", key));
        }
    }
}
