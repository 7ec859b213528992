// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/** Hears while data is loaded of what is not a key. Owner thread only. */
public interface LoadHooks {
    /** Does nothing with auxiliary fields, and refuses functions. */
    LoadHooks NONE = new LoadHooks() {};

    /**
     * The first bytes are those of data that can be read, and what follows are its keys: the moment
     * to drop what they replace.
     *
     * @param version version of the format
     */
    default void accepted(int version) {}

    /**
     * An auxiliary field. Those of replication are in {@link LoadEnd#facts} as well.
     *
     * @param value its bytes as text, one character for each
     */
    default void field(String name, String value) {}

    /**
     * A library of functions.
     *
     * @param code its source, lent for the call
     * @throws RdbException when it is refused, which ends the load with that message
     */
    default void library(Bytes code) throws RdbException {
        throw RdbException.corrupt("Functions have no place here.");
    }

    /**
     * Slots are being imported from another node.
     *
     * @param job the name of the import
     * @param ranges first and last slot of each range, in turn
     * @throws RdbException when that cannot be, which ends the load with that message
     */
    default void slotImport(String job, int[] ranges) throws RdbException {}

    /** A key was left out because its time is over. */
    default void expired(int db, Bytes key) {}

    /** A field of a hash was left out because its time is over. */
    default void expiredField(int db, Bytes key, Bytes field) {}
}
