// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.type;

import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.IdText;
import dev.sigrun.core.stream.store.StreamLife;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.StreamWalks;
import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.number.Decimal;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The type of streams. A value is a {@link StreamRoot} in the key's cell. Owner thread only. */
public final class StreamType implements DataType<Cell> {
    private static final int NATIVE_NUMBER = 6;

    private final TypeSpec<Cell> spec;
    private final StreamLife life;
    private final StreamRewrite rewrite = new StreamRewrite();
    private final EntryCursor entries = new EntryCursor();
    private final IdText text = new IdText();
    private final MemorySegment digits = Arena.ofAuto().allocate(Decimal.BYTES_MAX);

    /**
     * Makes the type of streams whose blocks come from {@code blocks}.
     *
     * @param walks are told of every change before it is made
     */
    public StreamType(Blocks blocks, StreamWalks walks) {
        life = new StreamLife(blocks, walks);
        spec =
                TypeSpec.type("stream", Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .nativeType(NATIVE_NUMBER, new StreamCodec(blocks, walks))
                        .build();
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public String encoding(Cell value) {
        return "stream";
    }

    @Override
    public long memoryUsage(ValueContext context, Cell value, int samples) {
        long looked = samples == 0 ? Long.MAX_VALUE : samples;
        return life.memoryBytes(value.address(), looked, context.memory());
    }

    @Override
    public long freeEffort(ValueContext context, Cell value) {
        return StreamLife.freeEffort(value.address());
    }

    @Override
    public void free(ValueContext context, Cell value) {
        life.free(value.address());
    }

    @Override
    public boolean freeSome(ValueContext context, Cell value, int steps) {
        return life.freeSome(value.address(), steps);
    }

    @Override
    public Cell copy(ValueContext context, Cell value) {
        Cell target = context.newCell(StreamRoot.BYTES);
        StreamRoot.init(target.address());
        boolean whole = false;
        try {
            life.copy(value.address(), target.address());
            whole = true;
            return target;
        } finally {
            if (!whole) {
                life.free(target.address());
            }
        }
    }

    @Override
    public void digest(ValueContext context, Cell value, Digest out) {
        entries.openAll(value.address());
        while (entries.next()) {
            text.write(entries.ms(), '.', entries.seq());
            out.ordered(text.address(), text.length());
            while (entries.nextField()) {
                element(out, entries.field());
                element(out, entries.value());
            }
        }
    }

    private void element(Digest out, long element) {
        long address = Listpack.contentAddress(element, digits.address());
        out.ordered(address, Listpack.contentLength(element));
    }

    @Override
    public void rewrite(ValueContext context, Cell value, CommandEmitter out) {
        rewrite.emit(value.address(), out);
    }
}
