// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.Eraser;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.NodeCheck;
import dev.sigrun.core.stream.store.PendingEntries;
import dev.sigrun.core.stream.store.ReadCounter;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamLife;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.StreamWalks;
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
    private final Progress progress = new Progress();
    private NativeInput in;
    private int layout;

    StreamDecoder(Blocks blocks, StreamWalks walks) {
        life = new StreamLife(blocks, walks);
        eraser = new Eraser(blocks, walks);
        groups = new Groups(blocks, walks);
        pending = new PendingEntries(blocks, walks);
    }

    Cell decode(ValueContext context, int newLayout, NativeInput input) throws RdbException {
        Cell value = context.newCell(StreamRoot.BYTES);
        StreamRoot.init(value.address());
        boolean whole = false;
        try {
            progress.begin();
            read(value, newLayout, input);
            whole = true;
            return value;
        } finally {
            if (!whole) {
                life.free(value.address());
            }
        }
    }

    void decodeMore(Cell value, int newLayout, NativeInput input) throws RdbException {
        if (value.length() == StreamRoot.BYTES) {
            throw RdbException.corrupt("A stream goes on behind its end.");
        }
        progress.load(value.address() + StreamRoot.BYTES);
        read(value, newLayout, input);
    }

    /** Reads what there is; how far that is stands behind the root until all has been read. */
    private void read(Cell value, int newLayout, NativeInput input) throws RdbException {
        in = input;
        layout = newLayout;
        try {
            boolean isFollowed = in.isFollowed();
            while (progress.stage != Progress.END && !(isFollowed && in.remaining() == 0)) {
                readItem(value.address());
            }
            if (isFollowed) {
                value.resize(StreamRoot.BYTES + Progress.BYTES);
                progress.save(value.address() + StreamRoot.BYTES);
            } else if (value.length() != StreamRoot.BYTES) {
                value.resize(StreamRoot.BYTES);
            }
        } finally {
            in = null;
        }
    }

    private void readItem(long root) throws RdbException {
        switch (progress.stage) {
            case Progress.BEGIN -> {
                progress.nodes = readCount(NODE_BYTES_MIN);
                progress.stage = Progress.NODES;
            }
            case Progress.NODES -> {
                if (progress.nodes > 0) {
                    readNode(root);
                } else {
                    readNumbers(root);
                }
            }
            case Progress.GROUPS -> {
                if (progress.groups > 0) {
                    readGroup(root);
                } else {
                    progress.stage = Progress.END;
                }
            }
            case Progress.PENDING -> {
                if (progress.pending > 0) {
                    readPending();
                } else {
                    progress.consumers = readCount(CONSUMER_BYTES_MIN);
                    progress.stage = Progress.CONSUMERS;
                }
            }
            case Progress.CONSUMERS -> {
                if (progress.consumers > 0) {
                    readConsumer();
                } else {
                    endGroup();
                }
            }
            default -> {
                if (progress.owned > 0) {
                    readOwned();
                } else {
                    progress.stage = Progress.CONSUMERS;
                }
            }
        }
    }

    /** What comes in other parts cannot be held against what is left of this one. */
    private long readCount(int bytesEachMin) throws RdbException {
        if (!in.isFollowed()) {
            return in.readCount(bytesEachMin);
        }
        long count = in.readLength();
        if (count < 0) {
            throw RdbException.corrupt("A stream has more parts than there can be.");
        }
        return count;
    }

    private void readNode(long root) throws RdbException {
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
        progress.entries += check.live();
        progress.nodes--;
    }

    private void readId(Bytes raw) {
        id.set(Long.reverseBytes(raw.longAt(0)), Long.reverseBytes(raw.longAt(Long.BYTES)));
    }

    private void readNumbers(long root) throws RdbException {
        long length = in.readLength();
        if (length != progress.entries) {
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
        progress.groups = readCount(GROUP_BYTES_MIN);
        progress.stage = Progress.GROUPS;
    }

    private void readGroup(long root) throws RdbException {
        // The name is lent until the next read, and what comes next is needed to make the group.
        Bytes name = in.readString();
        if (groups.find(root, name) != 0) {
            throw RdbException.corrupt("A stream has two groups of one name.");
        }
        long group = groups.create(root, name, id.set(0, 0), 0);
        groups.lastId(group, in.readLength(), in.readLength());
        groups.entriesRead(
                group,
                layout >= StreamCodec.COUNTED
                        ? in.readLength()
                        : ReadCounter.position(root, Group.lastMs(group), Group.lastSeq(group)));
        progress.group = group;
        progress.ownedByAll = 0;
        progress.pending = readCount(PENDING_BYTES_MIN);
        progress.groups--;
        progress.stage = Progress.PENDING;
    }

    private void readPending() throws RdbException {
        readId(in.readRaw(StreamCodec.RAW_ID_BYTES));
        if (!pending.addUnowned(progress.group, id, in.readLong(), in.readLength())) {
            throw RdbException.corrupt("A group has an entry twice.");
        }
        progress.pending--;
    }

    private void readConsumer() throws RdbException {
        long group = progress.group;
        Bytes name = in.readString();
        if (groups.findConsumer(group, name) != 0) {
            throw RdbException.corrupt("Duplicate stream consumer detected.");
        }
        long consumer = groups.createConsumer(group, name, 0);
        long seen = in.readLong();
        groups.seen(group, consumer, seen);
        groups.active(
                group, consumer, layout >= StreamCodec.WITH_ACTIVE_TIME ? in.readLong() : seen);
        progress.consumer = consumer;
        progress.owned = readCount(StreamCodec.RAW_ID_BYTES);
        progress.ownedByAll += progress.owned;
        progress.consumers--;
        progress.stage = Progress.OWNED;
    }

    private void readOwned() throws RdbException {
        readId(in.readRaw(StreamCodec.RAW_ID_BYTES));
        if (!pending.own(progress.group, progress.consumer, id)) {
            throw RdbException.corrupt(
                    "Consumer entry not found, or Duplicated consumer PEL entry");
        }
        progress.owned--;
    }

    private void endGroup() throws RdbException {
        if (progress.ownedByAll != IdMap.size(Group.pending(progress.group))) {
            throw RdbException.corrupt("A group has an entry that none of its consumers has.");
        }
        progress.stage = Progress.GROUPS;
    }
}
