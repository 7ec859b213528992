// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Eraser;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.NodeCheck;
import dev.sigrun.core.stream.store.PendingEntries;
import dev.sigrun.core.stream.store.ReadCounter;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamLife;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;

/**
 * Reads streams from hostile input. Nodes are checked entry by entry before they are taken in, and
 * what is said about them, and about what consumers have, must agree with them. Owner thread only.
 */
final class StreamDecoder {
    /** The least that things take in the input, so that counts can be held against what is left. */
    private static final int NODE_BYTES_MIN = 1 + StreamCodec.RAW_ID_BYTES + 1;

    private static final int GROUP_BYTES_MIN = 5;
    private static final int PENDING_BYTES_MIN = StreamCodec.RAW_ID_BYTES + Long.BYTES + 1;
    private static final int CONSUMER_BYTES_MIN = 1 + Long.BYTES + 1;

    private final StreamLife life;
    private final Eraser eraser;
    private final Groups groups;
    private final PendingEntries pending;
    private final NodeCheck check = new NodeCheck();
    private final StreamId id = new StreamId();
    private NativeInput in;
    private int layout;

    StreamDecoder(Blocks blocks) {
        life = new StreamLife(blocks);
        eraser = new Eraser(blocks);
        groups = new Groups(blocks);
        pending = new PendingEntries(blocks);
    }

    Cell decode(ValueContext context, int newLayout, NativeInput input) throws RdbException {
        in = input;
        layout = newLayout;
        Cell value = context.newCell(StreamRoot.BYTES);
        long root = value.address();
        StreamRoot.init(root);
        boolean whole = false;
        try {
            long entries = readNodes(root);
            readNumbers(root, entries);
            for (long left = in.readCount(GROUP_BYTES_MIN); left > 0; left--) {
                readGroup(root);
            }
            whole = true;
            return value;
        } finally {
            in = null;
            if (!whole) {
                life.free(root);
            }
        }
    }

    /** Reads the nodes and gives the number of their entries. */
    private long readNodes(long root) throws RdbException {
        long entries = 0;
        for (long left = in.readCount(NODE_BYTES_MIN); left > 0; left--) {
            Bytes key = in.readString();
            if (key.length() != StreamCodec.RAW_ID_BYTES) {
                throw RdbException.corrupt("The identifier of a stream's node has a wrong size.");
            }
            readId(key);
            Bytes node = in.readString();
            if (!check.isSound(node.address(), node.length())) {
                throw RdbException.corrupt("Stream listpack integrity check failed.");
            }
            if (!life.addNode(root, id, node.address())) {
                throw RdbException.corrupt("A stream has two nodes under one identifier.");
            }
            entries += check.live();
        }
        return entries;
    }

    private void readId(Bytes raw) {
        id.set(Long.reverseBytes(raw.longAt(0)), Long.reverseBytes(raw.longAt(Long.BYTES)));
    }

    private void readNumbers(long root, long entries) throws RdbException {
        long length = in.readLength();
        if (length != entries) {
            throw RdbException.corrupt("A stream has another length than its nodes have entries.");
        }
        StreamRoot.length(root, length);
        StreamRoot.lastId(root, in.readLength(), in.readLength());
        if (layout >= StreamCodec.COUNTED) {
            StreamRoot.firstId(root, in.readLength(), in.readLength());
            StreamRoot.deletedId(root, in.readLength(), in.readLength());
            StreamRoot.added(root, in.readLength());
        } else {
            StreamRoot.added(root, length);
            eraser.firstEntry(root, false, id);
            StreamRoot.firstId(root, id.ms(), id.seq());
        }
    }

    private void readGroup(long root) throws RdbException {
        // The name is lent until the next read, and what comes next is needed to make the group.
        Bytes name = in.readString();
        if (groups.find(root, name) != 0) {
            throw RdbException.corrupt("A stream has two groups of one name.");
        }
        long group = groups.create(root, name, id.set(0, 0), 0);
        Group.lastId(group, in.readLength(), in.readLength());
        Group.entriesRead(
                group,
                layout >= StreamCodec.COUNTED
                        ? in.readLength()
                        : ReadCounter.position(root, Group.lastMs(group), Group.lastSeq(group)));
        for (long left = in.readCount(PENDING_BYTES_MIN); left > 0; left--) {
            readId(in.readRaw(StreamCodec.RAW_ID_BYTES));
            if (!pending.addUnowned(group, id, in.readLong(), in.readLength())) {
                throw RdbException.corrupt("A group has an entry twice.");
            }
        }
        long owned = 0;
        for (long left = in.readCount(CONSUMER_BYTES_MIN); left > 0; left--) {
            owned += readConsumer(group);
        }
        if (owned != IdMap.size(Group.pending(group))) {
            throw RdbException.corrupt("A group has an entry that none of its consumers has.");
        }
    }

    /** Reads a consumer and gives the number of entries that it has. */
    private long readConsumer(long group) throws RdbException {
        Bytes name = in.readString();
        if (groups.findConsumer(group, name) != 0) {
            throw RdbException.corrupt("Duplicate stream consumer detected.");
        }
        long consumer = groups.createConsumer(group, name, 0);
        long seen = in.readLong();
        Consumer.seenMillis(consumer, seen);
        Consumer.activeMillis(
                consumer, layout >= StreamCodec.WITH_ACTIVE_TIME ? in.readLong() : seen);
        long count = in.readCount(StreamCodec.RAW_ID_BYTES);
        for (long left = count; left > 0; left--) {
            readId(in.readRaw(StreamCodec.RAW_ID_BYTES));
            if (!pending.own(group, consumer, id)) {
                throw RdbException.corrupt(
                        "Consumer entry not found, or Duplicated consumer PEL entry");
            }
        }
        return count;
    }
}
