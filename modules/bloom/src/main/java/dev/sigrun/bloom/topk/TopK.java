// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.topk;

import dev.sigrun.bloom.page.Block;
import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.page.Raw;
import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.bloom.sketch.Chunks;
import dev.sigrun.bloom.sketch.Murmur32;
import dev.sigrun.bloom.sketch.Sketch;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbWriter;

/** Owner thread only, but for writing an image. A HeavyKeeper sketch and the list of k items. */
final class TopK extends Sketch<TopK> {
    /** The list is on the heap, so that not everything that can be asked for is granted. */
    static final int PLACES_MAX = 100_000;

    /** Most that one command may add to an item. */
    static final long MORE_MAX = 100_000;

    static final int BUCKET_BYTES = 8;

    private static final int PRINT_SEED = 1919;
    private static final long COUNT_MAX = 0xffffffffL;
    private static final long FIRST_STATE = 0x5347525554504bL;
    private static final int HEAP_BYTES = 256;

    private final long width;
    private final int depth;
    private final double decay;
    private final Pages buckets;
    private final Ranking ranking;
    private final Dice dice;

    TopK(TopKShape shape, Census census, Pages buckets, Ranking ranking, long state) {
        super(census);
        this.width = shape.width();
        this.depth = shape.depth();
        this.decay = shape.decay();
        this.buckets = buckets;
        this.ranking = ranking;
        this.dice = new Dice(state);
    }

    static TopK empty(Census census, TopKShape shape) {
        return new TopK(
                shape, census, new Pages(shape.bytes()), new Ranking(shape.places()), FIRST_STATE);
    }

    TopKShape shape() {
        return new TopKShape(ranking.places(), width, depth, decay);
    }

    Ranking ranking() {
        return ranking;
    }

    Pages buckets() {
        return buckets;
    }

    long state() {
        return dice.state();
    }

    private static int print(Bytes item) {
        return print(item.address(), item.length());
    }

    static int print(long address, int length) {
        return Murmur32.hash(PRINT_SEED, address, length);
    }

    private long offset(int row, Bytes item) {
        return (row * width + Murmur32.row(row, item, width)) * BUCKET_BYTES;
    }

    /** Whether an item is in the list. */
    boolean contains(Bytes item) {
        return ranking.find(print(item), item.address(), item.length()) >= 0;
    }

    /** Estimates how often an item came; 0 when no bucket is its own. */
    long count(Bytes item) {
        int print = print(item);
        long largest = 0;
        for (int row = 0; row < depth; row++) {
            long at = offset(row, item);
            if (buckets.getInt(at) == print) {
                largest = Math.max(largest, count(at));
            }
        }
        return largest;
    }

    private long count(long at) {
        return Integer.toUnsignedLong(buckets.getInt(at + Integer.BYTES));
    }

    private void put(long at, int print, long count) {
        buckets.putInt(at, print);
        buckets.putInt(at + Integer.BYTES, (int) count);
    }

    /**
     * Counts an item.
     *
     * @param more how often it came, at least 1
     * @return the name that had to leave the list for it, or null
     */
    byte[] add(OffHeap memory, Bytes item, long more) {
        for (int row = 0; row < depth; row++) {
            buckets.own(memory, offset(row, item));
        }
        int print = print(item);
        long largest = 0;
        for (int row = 0; row < depth; row++) {
            largest = Math.max(largest, addToRow(offset(row, item), print, more));
        }
        return largest == 0 || largest < ranking.smallest()
                ? null
                : list(memory, item, print, largest);
    }

    /** What the bucket of a row says of the item then; 0 when it is another one's. */
    private long addToRow(long at, int print, long more) {
        long count = count(at);
        if (count == 0 || buckets.getInt(at) == print) {
            long sum = Math.min(COUNT_MAX, count + more);
            put(at, print, sum);
            return sum;
        }
        long left = more;
        while (left > 0) {
            long trial = dice.firstSuccess(Math.pow(decay, (double) count), left);
            if (trial > left) {
                break;
            }
            left -= trial - 1;
            count--;
            if (count == 0) {
                put(at, print, left);
                return left;
            }
            left--;
        }
        buckets.putInt(at + Integer.BYTES, (int) count);
        return 0;
    }

    private byte[] list(OffHeap memory, Bytes item, int print, long count) {
        int index = ranking.find(print, item.address(), item.length());
        if (index >= 0) {
            ranking.raise(index, Math.max(count, ranking.count(index)));
            return null;
        }
        // Nothing is allocated for no bytes, so every name has at least one.
        Block name = Block.allocate(memory, Math.max(1, item.length()));
        Raw.copy(item.address(), name.address(), item.length());
        if (ranking.used() < ranking.places()) {
            ranking.append(name, item.length(), print, count);
            return null;
        }
        byte[] expelled = ranking.name(0);
        Block first = ranking.first();
        ranking.replaceFirst(name, item.length(), print, count);
        first.release(memory);
        return expelled;
    }

    // ---- as a value ----

    @Override
    public long memoryUsage(OffHeap memory) {
        return HEAP_BYTES + buckets.memoryUsage(memory) + ranking.memoryUsage(memory);
    }

    @Override
    public long parts() {
        return buckets.count() + ranking.used() / 16L;
    }

    @Override
    protected boolean release(OffHeap memory, int parts) {
        ranking.free(memory);
        return buckets.freeSome(memory, parts);
    }

    @Override
    public TopK twin(OffHeap memory, Census where) {
        return new TopK(shape(), where, buckets.share(), ranking.share(), dice.state());
    }

    @Override
    public void digest(Digest out) {
        out.add(ranking.places());
        out.add(width);
        out.add(depth);
        out.add(Double.doubleToLongBits(decay));
        out.add(dice.state());
        buckets.digest(out);
        for (int i : ranking.order()) {
            out.add(ranking.address(i), ranking.length(i));
            out.add(ranking.count(i));
        }
    }

    @Override
    public void write(RdbWriter out) {
        TopKLayout.write(this, out);
    }

    @Override
    public void rewrite(CommandEmitter out) {
        Chunks.rewrite(out, TopKCommands.LOAD, TopKHead.of(this), new Pages[] {buckets});
    }
}
