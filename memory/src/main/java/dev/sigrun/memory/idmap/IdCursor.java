// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.idmap;

/**
 * Owner thread only. Walks the entries of an {@link IdMap} in order, both ways. A flyweight: one
 * object serves any number of maps one after another and allocates nothing.
 *
 * <p>A change of the map ends a walk; go on by seeking from the last identifier seen. Changing a
 * value by {@link #value(long)} is no such change.
 */
public final class IdCursor {
    private final IdPath path = new IdPath();

    /** Makes a cursor that is on no entry. */
    public IdCursor() {}

    /** Goes to the lowest identifier; false when the map is empty. */
    public boolean first(long map) {
        path.first(IdMap.top(map));
        return path.isOnEntry();
    }

    /** Goes to the highest identifier; false when the map is empty. */
    public boolean last(long map) {
        path.last(IdMap.top(map));
        return path.isOnEntry();
    }

    /** Goes to the lowest identifier that is not below the given one; false when there is none. */
    public boolean atLeast(long map, long ms, long seq) {
        path.seek(IdMap.top(map), ms, seq);
        return path.settle();
    }

    /** Goes to the highest identifier that is not above the given one; false when there is none. */
    public boolean atMost(long map, long ms, long seq) {
        path.seek(IdMap.top(map), ms, seq);
        if (path.depth() > 0 && IdNode.isAt(path.leaf(), path.leafIndex(), ms, seq)) {
            return true;
        }
        return path.depth() > 0 && path.previous();
    }

    /** Goes to the next identifier; false when this was the last. Only from an entry. */
    public boolean next() {
        return path.next();
    }

    /** Goes to the identifier before; false when this was the first. Only from an entry. */
    public boolean previous() {
        return path.previous();
    }

    /** Whether the cursor is on an entry. */
    public boolean isOnEntry() {
        return path.isOnEntry();
    }

    /** The leading half of the identifier. */
    public long ms() {
        return IdNode.ms(path.leaf(), path.leafIndex());
    }

    /** The other half of the identifier. */
    public long seq() {
        return IdNode.seq(path.leaf(), path.leafIndex());
    }

    /** The value. */
    public long value() {
        return IdNode.word(path.leaf(), path.leafIndex());
    }

    /**
     * Gives the entry another value.
     *
     * @param value not 0
     */
    public void value(long value) {
        IdMap.requireValue(value);
        IdNode.word(path.leaf(), path.leafIndex(), value);
    }
}
