// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.pack.Listpack;

/**
 * Confined to one thread. Decides whether bytes from outside are a node, entry by entry, so that
 * nothing else has to be careful with them. Reads nothing outside of them, each element once.
 *
 * <p>In two points this is stricter than Valkey, in favour of changes in place: numbers that belong
 * to the layout are stored as integers, counts and flags in the shortest way, as anything that
 * writes listpacks stores them.
 */
public final class NodeCheck {
    private long at;
    private long end;
    private long live;

    /** Makes a check that has seen nothing. */
    public NodeCheck() {}

    /** Number of entries that are not deleted in the node that was found sound last. */
    public long live() {
        return live;
    }

    /**
     * Whether these bytes are a node.
     *
     * @param length number of bytes
     */
    public boolean isSound(long address, long length) {
        if (length > StreamNode.BYTES_MAX || !Listpack.validate(address, length, true)) {
            return false;
        }
        at = address + Listpack.HEADER_BYTES;
        end = Listpack.end(address);
        live = shortCount();
        long deleted = live < 0 ? -1 : shortCount();
        long fields = deleted < 0 ? -1 : count();
        return fields >= 0
                && skip(fields)
                && isInteger()
                && takeInteger() == 0
                && entriesAreSound(fields, deleted);
    }

    private boolean entriesAreSound(long nodeFields, long deleted) {
        long liveSeen = 0;
        long deletedSeen = 0;
        while (at < end) {
            if (!isInteger() || Listpack.storedBytes(at) != Listpack.entryBytes(0)) {
                return false;
            }
            int flags = (int) takeInteger();
            if (!entryIsSound(flags, nodeFields)) {
                return false;
            }
            if ((flags & StreamNode.DELETED) != 0) {
                deletedSeen++;
            } else {
                liveSeen++;
            }
        }
        return liveSeen == live && deletedSeen == deleted;
    }

    /** Whether what follows an entry's flags belongs to it. */
    private boolean entryIsSound(int flags, long nodeFields) {
        for (int i = 0; i < 2; i++) {
            if (!isInteger()) {
                return false;
            }
            takeInteger();
        }
        long fields = nodeFields;
        long elements = StreamNode.PLAIN_ELEMENTS + fields;
        if ((flags & StreamNode.SAME_FIELDS) == 0) {
            fields = count();
            // A name and a value each, and how many of them there are.
            elements = StreamNode.PLAIN_ELEMENTS + 2 * fields + 1;
            if (fields < 0 || !skip(fields)) {
                return false;
            }
        }
        return skip(fields) && isInteger() && takeInteger() == elements;
    }

    private boolean isInteger() {
        return at < end && Listpack.isInteger(at);
    }

    private long takeInteger() {
        long value = Listpack.integer(at);
        at = Listpack.behind(at);
        return value;
    }

    /** A count, or -1 when there is none. */
    private long count() {
        if (!isInteger()) {
            return -1;
        }
        long value = takeInteger();
        // More elements than there are bytes would not be found, and could make sums overflow.
        return value > StreamNode.BYTES_MAX ? -1 : Math.max(value, -1);
    }

    /** A count that is stored in as few bytes as it can be, or -1. */
    private long shortCount() {
        long before = at;
        long value = count();
        return value < 0 || at - before != Listpack.entryBytes(value) ? -1 : value;
    }

    private boolean skip(long elements) {
        for (long left = elements; left > 0; left--) {
            if (at >= end) {
                return false;
            }
            at = Listpack.behind(at);
        }
        return true;
    }
}
