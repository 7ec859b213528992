// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ScratchCell;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.type.Cell;

/**
 * A set that is being put together, between {@link #begin} and {@link #close}. Owner thread only;
 * one object serves a command.
 */
final class SetResult {
    private final Sets sets;
    private final SetType type;
    private final ScratchCell cell;

    SetResult(Sets sets, SetType type, CoreMemory memory) {
        this.sets = sets;
        this.type = type;
        this.cell = new ScratchCell(memory);
    }

    /** Begins with an empty set of a form. */
    void begin(int form) {
        cell.begin(Sets.emptyBytes(form));
        try {
            sets.create(cell, form);
        } catch (RuntimeException | Error e) {
            cell.end(); // Nothing hangs on it yet.
            throw e;
        }
    }

    Bytes value() {
        return cell;
    }

    long size() {
        return sets.size(cell);
    }

    boolean add(Item member) {
        return sets.add(cell, member);
    }

    boolean remove(Item member) {
        return sets.remove(cell, member);
    }

    /** Makes a set of integers an intset, if that may be. */
    void toIntset() {
        sets.toIntset(cell);
    }

    /** Makes the key hold the set, instead of what it held. */
    void moveTo(Key key) {
        cell.moveTo(key, type);
    }

    /** Makes a key's table at least as long as this set, so that {@link #replace} cannot fail. */
    void makeRoom(Cell table) {
        if (table.length() < cell.length()) {
            table.resize(cell.length());
        }
    }

    /** Makes a key's set this one; what it held is freed, its time to live stays. */
    void replace(Cell target) {
        sets.become(target, Sets.form(cell), Sets.content(cell), cell.length() - Sets.FORM_BYTES);
        cell.end();
    }

    /** Frees the set, unless a key has it. */
    void close() {
        if (cell.isOpen()) {
            sets.free(cell);
            cell.end();
        }
    }
}
