// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.StreamWalk;
import dev.sigrun.core.stream.store.StreamWalks;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;

/**
 * The layouts of streams in files: nodes as they are, the numbers of the stream, and the groups.
 * There are three, each of which added a few numbers; the newest is written. Owner thread only.
 */
final class StreamCodec implements NativeCodec<Cell> {
    /** The first layout. */
    static final int PLAIN = 15;

    /** With the first and the deleted identifier, and with counts of all entries there were. */
    static final int COUNTED = 19;

    /** With the time at which a consumer got something last. */
    static final int WITH_ACTIVE_TIME = 21;

    /** Bytes of an identifier where it stands as such: two numbers with the highest byte first. */
    static final int RAW_ID_BYTES = 16;

    private final Blocks blocks;
    private final StreamWalks walks;
    private final StreamDecoder decoder;
    private final NameCursor groups = new NameCursor();
    private final NameCursor consumers = new NameCursor();
    private final IdCursor ids = new IdCursor();
    private final StreamWriter writer = new StreamWriter();

    StreamCodec(Blocks blocks, StreamWalks walks) {
        this.blocks = blocks;
        this.walks = walks;
        decoder = new StreamDecoder(blocks, walks);
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {PLAIN, COUNTED, WITH_ACTIVE_TIME};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell value, int rdbVersion) {
        return WITH_ACTIVE_TIME;
    }

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        return decoder.decode(context, layout, in);
    }

    @Override
    public boolean isReadInParts(int layout) {
        return true;
    }

    @Override
    public void decodeMore(ValueContext context, Cell value, int layout, NativeInput in)
            throws RdbException {
        decoder.decodeMore(value, layout, in);
    }

    @Override
    public void encode(ValueContext context, Cell value, int layout, NativeOutput out) {
        long root = value.address();
        writer.to(out);
        writer.nodes(IdMap.size(StreamRoot.nodes(root)));
        for (boolean more = ids.first(StreamRoot.nodes(root)); more; more = ids.next()) {
            writer.node(ids.ms(), ids.seq(), ids.value());
        }
        writer.numbers(root, Groups.count(root));
        groups.groups(root);
        for (long group = groups.next(); group != 0; group = groups.next()) {
            writeGroup(group);
        }
        writer.to(null);
    }

    private void writeGroup(long group) {
        writer.group(
                Group.name(group),
                Group.nameLength(group),
                Group.lastMs(group),
                Group.lastSeq(group),
                Group.entriesRead(group),
                IdMap.size(Group.pending(group)));
        for (boolean more = ids.first(Group.pending(group)); more; more = ids.next()) {
            long nack = ids.value();
            writer.pending(ids.ms(), ids.seq(), Nack.time(nack), Nack.count(nack));
        }
        writer.consumers(Groups.consumerCount(group));
        consumers.consumers(group);
        for (long one = consumers.next(); one != 0; one = consumers.next()) {
            writer.consumer(
                    Consumer.name(one),
                    Consumer.nameLength(one),
                    Consumer.seenMillis(one),
                    Consumer.activeMillis(one),
                    IdMap.size(Consumer.pending(one)));
            for (boolean more = ids.first(Consumer.pending(one)); more; more = ids.next()) {
                writer.owned(ids.ms(), ids.seq());
            }
        }
    }

    @Override
    public ValueWalk walk(ValueContext context, Cell value, int layout, NativeOutput out) {
        StreamWriter parts = new StreamWriter().to(out);
        return new Walk(new StreamWalk(walks, value::address, parts, blocks));
    }

    /** Encodes a stream in steps. */
    private record Walk(StreamWalk walk) implements ValueWalk {
        @Override
        public boolean step() {
            return walk.step();
        }

        @Override
        public void close() {
            walk.close();
        }
    }
}
