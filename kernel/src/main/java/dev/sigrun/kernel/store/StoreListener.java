// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;

/** Hears what happens to keys; the layers above replicate and notify. Owner thread only. */
public interface StoreListener {
    /** Does nothing. */
    StoreListener NONE =
            new StoreListener() {
                @Override
                public void event(int notifyClass, String event, int db, Bytes key) {}

                @Override
                public void modified(int db, Bytes key) {}

                @Override
                public void expired(int db, Bytes key) {}

                @Override
                public void evicted(int db, Bytes key) {}
            };

    /**
     * A keyspace event.
     *
     * @param notifyClass one of {@link dev.sigrun.spi.key.NotifyClass}
     */
    void event(int notifyClass, String event, int db, Bytes key);

    /** A key got another value, another time to live, or went. */
    void modified(int db, Bytes key);

    /** A key is about to be removed because its time has come. */
    void expired(int db, Bytes key);

    /** A key is about to be removed because memory is short. */
    void evicted(int db, Bytes key);

    /** Takes the effect of what the store does to a key by itself, as commands. */
    default CommandEmitter effect(int db, Bytes key) {
        return NoEffect.INSTANCE;
    }

    /** All keys of a database are about to go. */
    default void flushing(int db) {}

    /** All keys of a database are gone. */
    default void flushed(int db) {}

    /** Two databases have exchanged their content. */
    default void swapped(int one, int other) {}
}
