// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.Cell;

/**
 * A value that is being encoded in steps. Its cell is found here wherever the key's entry goes, and
 * when the key lets the value go, it stays until the steps are done. Owner thread only.
 */
public final class WalkedValue {
    private final Store store;
    private final StoredType type;
    private final Place place = new Place();
    private long entry;
    private LooseCell kept;

    /** Where the value's own bytes are now. */
    private static final class Place extends Cell {
        private void stand(long newAddress, int newLength) {
            address = newAddress;
            length = newLength;
        }

        @Override
        public void resize(int newLength) {
            throw new UnsupportedOperationException("a value is not resized by who encodes it");
        }
    }

    WalkedValue(Store store, StoredType type, long entry) {
        this.store = store;
        this.type = type;
        moved(entry);
    }

    /** The value; the same object all the time. */
    Cell cell() {
        return place;
    }

    boolean isAt(long otherEntry) {
        return entry == otherEntry;
    }

    /** The entry stands elsewhere, or its bytes do. */
    void moved(long newEntry) {
        entry = newEntry;
        place.stand(Entry.cellAddress(newEntry), Entry.cellLength(newEntry));
    }

    /** The key lets the value go. */
    void depart() {
        kept = new LooseCell(store.allocator()).begin(place.length());
        Memory.copy(place.address(), kept.address(), place.length());
        place.stand(kept.address(), kept.length());
        entry = 0;
    }

    /** Nobody encodes the value any more. */
    public void end() {
        store.freeing().end(this);
        if (kept != null) {
            store.freeing().later().add(type, kept);
            kept = null;
        }
    }
}
