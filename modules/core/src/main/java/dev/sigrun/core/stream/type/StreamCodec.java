// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.Consumer;
import dev.sigrun.core.stream.store.Group;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.Nack;
import dev.sigrun.core.stream.store.NameCursor;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.idmap.IdCursor;
import dev.sigrun.memory.idmap.IdMap;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

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

    private static final ValueLayout.OfLong HIGH_FIRST =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final StreamDecoder decoder;
    private final NameCursor groups = new NameCursor();
    private final NameCursor consumers = new NameCursor();
    private final IdCursor ids = new IdCursor();
    private final MemorySegment rawId = Arena.ofAuto().allocate(RAW_ID_BYTES);

    StreamCodec(Blocks blocks) {
        decoder = new StreamDecoder(blocks);
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
    public void encode(ValueContext context, Cell value, int layout, NativeOutput out) {
        long root = value.address();
        nodes(root, out);
        out.writeLength(StreamRoot.length(root));
        out.writeLength(StreamRoot.lastMs(root));
        out.writeLength(StreamRoot.lastSeq(root));
        out.writeLength(StreamRoot.firstMs(root));
        out.writeLength(StreamRoot.firstSeq(root));
        out.writeLength(StreamRoot.deletedMs(root));
        out.writeLength(StreamRoot.deletedSeq(root));
        out.writeLength(StreamRoot.added(root));
        out.writeLength(Groups.count(root));
        groups.groups(root);
        for (long group = groups.next(); group != 0; group = groups.next()) {
            group(group, out);
        }
    }

    private void nodes(long root, NativeOutput out) {
        long map = StreamRoot.nodes(root);
        out.writeLength(IdMap.size(map));
        for (boolean more = ids.first(map); more; more = ids.next()) {
            long node = ids.value();
            putRawId();
            out.writeString(rawId.address(), RAW_ID_BYTES);
            out.writeString(node, Listpack.bytes(node));
        }
    }

    private void putRawId() {
        rawId.set(HIGH_FIRST, 0, ids.ms());
        rawId.set(HIGH_FIRST, Long.BYTES, ids.seq());
    }

    private void group(long group, NativeOutput out) {
        out.writeString(Group.name(group), Group.nameLength(group));
        out.writeLength(Group.lastMs(group));
        out.writeLength(Group.lastSeq(group));
        out.writeLength(Group.entriesRead(group));
        pending(Group.pending(group), true, out);
        out.writeLength(Groups.consumerCount(group));
        consumers.consumers(group);
        for (long one = consumers.next(); one != 0; one = consumers.next()) {
            out.writeString(Consumer.name(one), Consumer.nameLength(one));
            out.writeLong(Consumer.seenMillis(one));
            out.writeLong(Consumer.activeMillis(one));
            pending(Consumer.pending(one), false, out);
        }
    }

    /** What is known of an entry is written with the group, and found there by its consumer. */
    private void pending(long map, boolean known, NativeOutput out) {
        out.writeLength(IdMap.size(map));
        for (boolean more = ids.first(map); more; more = ids.next()) {
            putRawId();
            out.writeRaw(rawId.address(), RAW_ID_BYTES);
            if (known) {
                out.writeLong(Nack.time(ids.value()));
                out.writeLength(Nack.count(ids.value()));
            }
        }
    }
}
