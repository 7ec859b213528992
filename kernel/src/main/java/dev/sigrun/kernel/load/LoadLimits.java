// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.Layouts;
import dev.sigrun.kernel.store.Store;

/**
 * What the thread that reads needs to know of the store, taken on the owner before it begins.
 *
 * @param store for hashes alone
 * @param databases number of databases
 * @param readInParts which layouts may be handed over in parts
 * @param nowMillis keys whose time is before this one's are over
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record LoadLimits(Store store, int databases, boolean[] readInParts, long nowMillis) {
    static LoadLimits of(Store store, long nowMillis) {
        boolean[] parts = new boolean[256];
        for (int layout = 0; layout < parts.length; layout++) {
            var reader = store.types().nativeReader(layout);
            parts[layout] =
                    reader != null
                            && (Layouts.isRow(layout) || Layouts.isStream(layout))
                            && reader.type().spec().nativeCodec().isReadInParts(layout);
        }
        return new LoadLimits(store, store.databaseCount(), parts, nowMillis);
    }

    long hash(long key, int keyLength) {
        return store.hash(key, keyLength);
    }
}
