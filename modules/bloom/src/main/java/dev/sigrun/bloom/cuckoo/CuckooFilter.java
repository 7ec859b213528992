// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.bloom.filter.Murmur64;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.bloom.sketch.Chunks;
import dev.sigrun.bloom.sketch.Layout;
import dev.sigrun.bloom.sketch.Sketch;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner thread only, but for writing an image. A cuckoo filter that grows by layers.
 *
 * <p>Deviation: RedisBloom looks through the whole filter when many items were deleted, in order to
 * do with fewer layers. Here that happens on request only, since it may take long.
 */
final class CuckooFilter extends Sketch<CuckooFilter> {
    private static final int HEAP_BYTES = 128;
    private static final int TABLE_BYTES = 160;

    private final CuckooShape shape;
    private final List<Table> tables = new ArrayList<>(1);
    private long items;
    private long deleted;

    private CuckooFilter(Census census, CuckooShape shape) {
        super(census);
        this.shape = shape;
    }

    /** One with nothing in it. */
    static CuckooFilter empty(Census census, CuckooShape shape) {
        CuckooFilter filter = new CuckooFilter(census, shape);
        filter.tables.add(Table.empty(shape.slots(), shape.buckets()));
        return filter;
    }

    /** As saved; unsigned numbers, and a string of slots for every layer. */
    static CuckooFilter read(Census census, OffHeap memory, RdbReader in, long bytesMax)
            throws RdbException {
        final long layers = in.unsigned();
        final long buckets = in.unsigned();
        final long items = in.unsigned();
        final long deleted = in.unsigned();
        final CuckooShape shape =
                CuckooShape.checked(buckets, in.unsigned(), in.unsigned(), in.unsigned());
        Layout.check(shape != null, "A cuckoo filter of an impossible shape.");
        Layout.check(
                layers >= 1 && layers <= CuckooShape.LAYERS_MAX,
                "A cuckoo filter of an impossible number of layers.");
        CuckooFilter filter = new CuckooFilter(census, shape);
        filter.items = items;
        filter.deleted = deleted;
        boolean isWhole = false;
        try {
            long total = 0;
            for (int layer = 0; layer < layers; layer++) {
                long expected = shape.buckets(layer);
                Layout.check(in.unsigned() == expected, "A cuckoo filter with an odd layer.");
                Bytes content = in.string();
                Layout.check(
                        content.length() == shape.bytes(layer),
                        "A cuckoo filter with a lying size.");
                total += content.length();
                Layout.check(total <= bytesMax, "A cuckoo filter of more bytes than are allowed.");
                Table table = Table.of(memory, shape.slots(), expected, content.address());
                filter.tables.add(table);
            }
            isWhole = true;
            return filter;
        } finally {
            if (!isWhole) {
                filter.free(memory);
            }
        }
    }

    CuckooShape shape() {
        return shape;
    }

    int layers() {
        return tables.size();
    }

    long items() {
        return items;
    }

    long deleted() {
        return deleted;
    }

    /** Bytes of all slots, whether they take memory yet or not. */
    long bytes() {
        return Chunks.bytes(runs());
    }

    static long hash(Bytes item) {
        return Murmur64.hash(0, item.address(), item.length());
    }

    /** Whether an item may be in the filter. */
    boolean contains(long hash) {
        byte fingerprint = Table.fingerprint(hash);
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).contains(fingerprint, hash)) {
                return true;
            }
        }
        return false;
    }

    /** How often an item was added, or more. */
    long count(long hash) {
        byte fingerprint = Table.fingerprint(hash);
        long count = 0;
        for (int i = 0; i < tables.size(); i++) {
            count += tables.get(i).count(fingerprint, hash);
        }
        return count;
    }

    /** What came of an addition. */
    enum Addition {
        /** It is in. */
        DONE,
        /** The filter must not grow and has no room. */
        FULL,
        /** The filter has as many layers as it may have. */
        LAYERS,
        /** Another layer would take more memory than it may. */
        BYTES
    }

    /** Adds an item, as often as it comes. */
    Addition add(OffHeap memory, long hash, int layersMax, long bytesMax) {
        byte fingerprint = Table.fingerprint(hash);
        Table last = tables.getLast();
        boolean isIn = false;
        for (int i = tables.size() - 1; i >= 0 && !isIn; i--) {
            isIn = tables.get(i).put(memory, fingerprint, hash);
        }
        if (!isIn && !last.putByMoving(memory, fingerprint, hash, shape.moves())) {
            if (shape.expansion() == 0) {
                return Addition.FULL;
            }
            if (tables.size() >= layersMax || !shape.isPossible(tables.size())) {
                return Addition.LAYERS;
            }
            if (bytes() + shape.bytes(tables.size()) > bytesMax) {
                return Addition.BYTES;
            }
            Table next = Table.empty(shape.slots(), shape.buckets(tables.size()));
            next.put(memory, fingerprint, hash);
            tables.add(next);
        }
        items++;
        return Addition.DONE;
    }

    /** Takes an item away once; returns whether it seemed to be there. */
    boolean delete(OffHeap memory, long hash) {
        byte fingerprint = Table.fingerprint(hash);
        for (int i = tables.size() - 1; i >= 0; i--) {
            if (tables.get(i).remove(memory, fingerprint, hash)) {
                items--;
                deleted++;
                return true;
            }
        }
        return false;
    }

    /** Moves what is in late layers to earlier ones with room, and lets empty last ones go. */
    void compact(OffHeap memory) {
        for (int layer = tables.size() - 1; layer > 0; layer--) {
            if (!emptyInto(memory, layer)) {
                break;
            }
            tables.removeLast().cells().free(memory);
        }
        deleted = 0;
    }

    private boolean emptyInto(OffHeap memory, int layer) {
        Table from = tables.get(layer);
        boolean isEmpty = true;
        for (long bucket = 0; bucket < from.buckets(); bucket++) {
            for (int slot = 0; slot < shape.slots(); slot++) {
                byte fingerprint = from.slot(bucket, slot);
                if (fingerprint != 0) {
                    boolean isMoved = move(memory, fingerprint, bucket, layer);
                    isEmpty &= isMoved;
                    if (isMoved) {
                        from.clear(memory, bucket, slot);
                    }
                }
            }
        }
        return isEmpty;
    }

    /** An earlier layer has fewer buckets or as many, so a bucket's number says enough there. */
    private boolean move(OffHeap memory, byte fingerprint, long bucket, int before) {
        for (int layer = 0; layer < before; layer++) {
            if (tables.get(layer).put(memory, fingerprint, bucket)) {
                return true;
            }
        }
        return false;
    }

    /** The slots, layer by layer, as they go through commands. */
    Pages[] runs() {
        Pages[] runs = new Pages[tables.size()];
        for (int i = 0; i < runs.length; i++) {
            runs[i] = tables.get(i).cells();
        }
        return runs;
    }

    /**
     * Says what was added and deleted, and makes the layers, when the slots come from elsewhere.
     */
    void assume(int layers, long itemsThere, long deletedThere) {
        while (tables.size() < layers) {
            tables.add(Table.empty(shape.slots(), shape.buckets(tables.size())));
        }
        items = itemsThere;
        deleted = deletedThere;
    }

    // ---- as a value ----

    @Override
    public long memoryUsage(OffHeap memory) {
        long used = HEAP_BYTES;
        for (Table table : tables) {
            used += TABLE_BYTES + table.cells().memoryUsage(memory);
        }
        return used;
    }

    @Override
    public long parts() {
        long parts = 0;
        for (Table table : tables) {
            parts += table.cells().count();
        }
        return parts;
    }

    @Override
    protected boolean release(OffHeap memory, int parts) {
        while (!tables.isEmpty()) {
            if (!tables.getLast().cells().freeSome(memory, parts)) {
                return false;
            }
            tables.removeLast();
            if (parts != Integer.MAX_VALUE) {
                return tables.isEmpty();
            }
        }
        return true;
    }

    @Override
    public CuckooFilter twin(OffHeap memory, Census where) {
        CuckooFilter twin = new CuckooFilter(where, shape);
        for (Table table : tables) {
            twin.tables.add(table.share());
        }
        twin.items = items;
        twin.deleted = deleted;
        return twin;
    }

    @Override
    public void digest(Digest out) {
        out.add(shape.buckets());
        out.add(shape.slots());
        out.add(shape.moves());
        out.add(shape.expansion());
        out.add(items);
        out.add(deleted);
        for (Table table : tables) {
            table.cells().digest(out);
        }
    }

    @Override
    public void write(RdbWriter out) {
        out.unsigned(tables.size());
        out.unsigned(shape.buckets());
        out.unsigned(items);
        out.unsigned(deleted);
        out.unsigned(shape.slots());
        out.unsigned(shape.moves());
        out.unsigned(shape.expansion());
        for (Table table : tables) {
            out.unsigned(table.buckets());
            table.cells().write(out);
        }
    }

    @Override
    public void rewrite(CommandEmitter out) {
        Chunks.rewrite(out, CuckooCommands.LOAD, CuckooHead.of(this), runs());
    }
}
