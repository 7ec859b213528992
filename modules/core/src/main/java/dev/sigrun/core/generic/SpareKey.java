// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.Keyspace;

/**
 * Owner thread only. An absent key under a name that nobody uses, where a value can be made that
 * may still fail, while the key that it would replace stays as it is. Whoever opens one leaves it
 * absent at the end of the command.
 *
 * <p>Deviation: a client that listens to the events of class {@code n} hears of the spare name.
 */
final class SpareKey {
    /** Begins with a byte that no sane key has; a client that uses it anyway costs another try. */
    private static final String NAME = "\0sigrun\0spare\0";

    private static final int NAMES_MAX = 1 << 10;

    private SpareKey() {}

    /** An absent key of a database. */
    static Key open(Keyspace keyspace, int db) throws CommandException {
        for (int i = 0; i < NAMES_MAX; i++) {
            Key key = keyspace.open(db, Bytes.constant(NAME + i), Access.WRITE);
            if (!key.isPresent()) {
                return key;
            }
        }
        throw GenericErrors.BUSY_KEY;
    }
}
