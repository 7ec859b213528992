// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.base.HeapShare;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.memory.Blocks;
import dev.sigrun.spi.Bytes;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * The way into this package: who is told of what, and what has changed. Owner thread only.
 *
 * <p>What a client's own command changes is told behind the command's reply, as everything that is
 * pushed to a client whose command runs.
 */
public final class ClientTracking {
    /** So many keys are forgotten at a time when there are too many, and more each time. */
    private static final int EFFORT = 100;

    private final InvalidationTable table;
    private final Broadcasts broadcasts = new Broadcasts();
    private final Invalidation invalidation;
    private final Set<TrackedClient> tracked = new LinkedHashSet<>();
    private final LongFunction<? extends TrackedClient> clients;
    private final Executor afterTurn;
    private final Runnable tell = this::tellBroadcasts;
    private long keysMax;
    private int rounds;

    /**
     * Makes the tracking of one server.
     *
     * @param clients the client with a number, or null
     * @param afterTurn runs something once the commands have run that have come together
     */
    public ClientTracking(
            Blocks blocks,
            RandomGenerator random,
            LongFunction<? extends TrackedClient> clients,
            Executor afterTurn) {
        this.table = new InvalidationTable(blocks, random);
        this.invalidation = new Invalidation(clients);
        this.clients = clients;
        this.afterTurn = afterTurn;
    }

    /** How many prefixes there may be. */
    public HeapShare room() {
        return broadcasts.room();
    }

    /** Sets {@code tracking-table-max-keys}; 0 for no limit. */
    public void keysMax(long limit) {
        keysMax = limit;
    }

    // ---- switching ----

    /**
     * Switches the tracking of a client on, or changes it; what is asked for makes sense.
     *
     * @param prefixes more prefixes of a broadcast; none stands for all keys
     */
    public void on(TrackedClient client, Tracking.Options options, Collection<String> prefixes) {
        Tracking tracking = client.tracking();
        tracking.options(options);
        tracked.add(client);
        if (options.broadcast()) {
            for (String prefix : prefixes.isEmpty() ? List.of("") : prefixes) {
                tracking.addPrefix(prefix);
                broadcasts.add(client, prefix);
            }
        }
    }

    /** Switches the tracking of a client off; it may never have been on. */
    public void off(TrackedClient client) {
        Tracking tracking = client.tracking();
        if (tracking != null && tracking.isOn()) {
            for (String prefix : tracking.prefixes()) {
                broadcasts.remove(client, prefix);
            }
            tracking.clearPrefixes();
            tracking.options(null);
            tracked.remove(client);
        }
    }

    /** Number of clients that are told of anything. */
    public int clients() {
        return tracked.size();
    }

    /** Number of keys that are remembered. */
    public long keys() {
        return table.keys();
    }

    /** Number of clients that are remembered, counted for each key. */
    public long items() {
        return table.items();
    }

    /** Number of prefixes. */
    public int prefixes() {
        return broadcasts.count();
    }

    // ---- what is read and changed ----

    /** Remembers that a client has read a key. */
    public void read(TrackedClient client, long address, int length) {
        table.add(address, length, client.id());
    }

    /**
     * A key has changed.
     *
     * @param by the client whose command runs, or null
     */
    public void changed(TrackedClient by, Bytes key) {
        if (!broadcasts.isEmpty() && broadcasts.changed(key.text(), by == null ? 0 : by.id())) {
            afterTurn.execute(tell);
        }
        invalidate(by, key);
    }

    private void tellBroadcasts() {
        broadcasts.tell(invalidation);
    }

    private void invalidate(TrackedClient by, Bytes key) {
        long[] readers = table.remove(key.address(), key.length());
        if (readers != null) {
            tell(
                    readers,
                    by,
                    out -> {
                        out.array(1);
                        out.bulk(key);
                    });
        }
    }

    @SuppressWarnings("ReferenceEquality") // A client is one object.
    private void tell(long[] readers, TrackedClient by, Consumer<ReplyBuffer> keys) {
        for (long id : readers) {
            TrackedClient reader = clients.apply(id);
            Tracking tracking = reader == null ? null : reader.tracking();
            boolean hears = tracking != null && tracking.isOn() && !tracking.isBroadcast();
            if (hears && !(tracking.isNoLoop() && reader == by)) {
                invalidation.send(reader, keys);
            }
        }
    }

    /** All keys of a database have gone; everybody forgets everything. */
    public void flushed() {
        for (TrackedClient client : List.copyOf(tracked)) {
            invalidation.send(client, ReplyBuffer::nil);
        }
        table.clear();
    }

    /** Forgets some keys if there are too many, and says so to those who have read them. */
    public void limit() {
        if (keysMax == 0 || table.keys() <= keysMax) {
            rounds = 0;
            return;
        }
        rounds++;
        for (int i = 0; i < EFFORT * rounds && table.keys() > keysMax; i++) {
            byte[] key = table.anyKey();
            long[] readers = table.remove(key);
            tell(
                    readers,
                    null,
                    out -> {
                        out.array(1);
                        out.bulk(key);
                    });
        }
    }
}
