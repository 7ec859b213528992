// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.spi.type.Cell;

/** The embedded value of a key at hand, a flyweight of the key's own. Owner thread only. */
final class KeyCell extends Cell {
    private final LocatedEntry key;

    KeyCell(LocatedEntry key) {
        this.key = key;
    }

    /** Moves the view over the value of an entry. */
    KeyCell over(long entry) {
        address = Entry.cellAddress(entry);
        length = Entry.cellLength(entry);
        return this;
    }

    @Override
    public void resize(int newLength) {
        over(EmbeddedValues.resize(key, newLength));
    }

    void expire() {
        address = 0;
        length = 0;
    }
}
