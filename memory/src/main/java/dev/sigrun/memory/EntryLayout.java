// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory;

/**
 * What a {@link Table} asks about the entries it refers to. Called on the owner thread; must not
 * touch the table, nor allocate.
 */
public interface EntryLayout {
    /** The same 64 bits that were given when the entry was inserted. */
    long hash(long entry);

    /**
     * Whether the entry is among those that {@link Table#scanMarked} is to find. Asked when an
     * entry is inserted, replaced or rearranged, so it must not change between.
     */
    default boolean isMarked(long entry) {
        return false;
    }

    /** Whether the entry has this key. */
    boolean matches(long entry, long key, int keyLength);
}
