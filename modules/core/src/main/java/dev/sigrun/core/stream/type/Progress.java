// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.memory.Memory;

/**
 * How far a stream has been read, of which only some parts have come yet. Between two parts this
 * stands with the stream itself. Owner thread only.
 */
final class Progress {
    static final int BYTES = 10 * Long.BYTES;

    static final int BEGIN = 0;
    static final int NODES = 1;
    static final int GROUPS = 2;
    static final int PENDING = 3;
    static final int CONSUMERS = 4;
    static final int OWNED = 5;
    static final int END = 6;

    int stage;

    /** Entries of the nodes that have come. */
    long entries;

    // What is still to come of each.
    long nodes;
    long groups;
    long pending;
    long consumers;
    long owned;

    // What is being read.
    long group;
    long consumer;

    /** Entries that the consumers of the group have said they have. */
    long ownedByAll;

    void begin() {
        stage = BEGIN;
        entries = 0;
    }

    void save(long at) {
        Memory.putLong(at, stage);
        Memory.putLong(at + 8, entries);
        Memory.putLong(at + 16, nodes);
        Memory.putLong(at + 24, groups);
        Memory.putLong(at + 32, pending);
        Memory.putLong(at + 40, consumers);
        Memory.putLong(at + 48, owned);
        Memory.putLong(at + 56, group);
        Memory.putLong(at + 64, consumer);
        Memory.putLong(at + 72, ownedByAll);
    }

    void load(long at) {
        stage = (int) Memory.getLong(at);
        entries = Memory.getLong(at + 8);
        nodes = Memory.getLong(at + 16);
        groups = Memory.getLong(at + 24);
        pending = Memory.getLong(at + 32);
        consumers = Memory.getLong(at + 40);
        owned = Memory.getLong(at + 48);
        group = Memory.getLong(at + 56);
        consumer = Memory.getLong(at + 64);
        ownedByAll = Memory.getLong(at + 72);
    }
}
