// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.StreamVisitor;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.type.NativeOutput;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Writes the parts of a stream as files have them. Owner thread only. */
final class StreamWriter implements StreamVisitor {
    private static final ValueLayout.OfLong HIGH_FIRST =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment rawId = Arena.ofAuto().allocate(StreamCodec.RAW_ID_BYTES);
    private NativeOutput out;

    StreamWriter to(NativeOutput newOut) {
        out = newOut;
        return this;
    }

    private long rawId(long ms, long seq) {
        rawId.set(HIGH_FIRST, 0, ms);
        rawId.set(HIGH_FIRST, Long.BYTES, seq);
        return rawId.address();
    }

    @Override
    public void nodes(long count) {
        out.writeLength(count);
    }

    @Override
    public void node(long ms, long seq, long node) {
        out.writeString(rawId(ms, seq), StreamCodec.RAW_ID_BYTES);
        out.writeString(node, Listpack.bytes(node));
    }

    @Override
    public void numbers(long root, int groups) {
        out.writeLength(StreamRoot.length(root));
        out.writeLength(StreamRoot.lastMs(root));
        out.writeLength(StreamRoot.lastSeq(root));
        out.writeLength(StreamRoot.firstMs(root));
        out.writeLength(StreamRoot.firstSeq(root));
        out.writeLength(StreamRoot.deletedMs(root));
        out.writeLength(StreamRoot.deletedSeq(root));
        out.writeLength(StreamRoot.added(root));
        out.writeLength(groups);
    }

    @Override
    public void group(
            long name, int nameLength, long lastMs, long lastSeq, long entriesRead, long pending) {
        out.writeString(name, nameLength);
        out.writeLength(lastMs);
        out.writeLength(lastSeq);
        out.writeLength(entriesRead);
        out.writeLength(pending);
    }

    /** What is known of an entry is written with the group, and found there by its consumer. */
    @Override
    public void pending(long ms, long seq, long time, long count) {
        out.writeRaw(rawId(ms, seq), StreamCodec.RAW_ID_BYTES);
        out.writeLong(time);
        out.writeLength(count);
    }

    @Override
    public void consumers(int count) {
        out.writeLength(count);
    }

    @Override
    public void consumer(
            long name, int nameLength, long seenMillis, long activeMillis, long owned) {
        out.writeString(name, nameLength);
        out.writeLong(seenMillis);
        out.writeLong(activeMillis);
        out.writeLength(owned);
    }

    @Override
    public void owned(long ms, long seq) {
        out.writeRaw(rawId(ms, seq), StreamCodec.RAW_ID_BYTES);
    }
}
