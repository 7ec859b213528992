// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

/**
 * Owner thread only. Walks groups or consumers in the order of their names. A flyweight; a group or
 * consumer that comes or goes ends the walk.
 */
public final class NameCursor {
    private long index;
    private int chunk;
    private int at;

    /** Makes a cursor on nothing. */
    public NameCursor() {}

    /** Begins to walk the groups of a stream. */
    public NameCursor groups(long root) {
        return open(StreamRoot.groups(root));
    }

    /** Begins to walk the consumers of a group. */
    public NameCursor consumers(long group) {
        return open(Group.consumers(group));
    }

    private NameCursor open(long newIndex) {
        index = newIndex;
        chunk = 0;
        at = 0;
        return this;
    }

    /** The next one, or 0. */
    public long next() {
        if (chunk == NameIndex.chunks(index)) {
            return 0;
        }
        long here = NameIndex.chunk(index, chunk);
        long next = NameIndex.ref(here, at);
        at++;
        if (at == NameIndex.count(here)) {
            chunk++;
            at = 0;
        }
        return next;
    }
}
