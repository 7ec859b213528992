// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.key;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/** The databases, seen from the one that the client has selected. */
@ForKernel
public interface Keyspace {
    /**
     * How many keys one command may hold at a time. The next look-up takes the flyweight of the
     * oldest, so a loop over any number of keys costs no memory.
     */
    int KEYS_LENT_MAX = 64;

    /** Number of databases. */
    int databases();

    /** Number of keys in the selected database. */
    long size();

    /**
     * Looks up a key by name in the selected database.
     *
     * @param access flags of {@link Access}
     */
    Key open(Bytes name, int access);

    /**
     * Looks up a key by name.
     *
     * @param db number of the database, from 0 to {@link #databases()} - 1
     * @param access flags of {@link Access}
     */
    Key open(int db, Bytes name, int access);

    /**
     * Visits the next few keys of the selected database. A key that is there during a whole scan is
     * visited at least once, whatever else is added or removed meanwhile. Those that have expired
     * are shown to {@link KeyVisitor#visitExpired} instead, if at all.
     *
     * @param cursor 0 to begin, then what the last call returned
     * @return where to go on; 0 when everything has been visited
     */
    long scan(long cursor, KeyVisitor visitor);

    /** A key at random, or null when the selected database is empty. */
    Key randomKey();
}
