// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cms;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.bloom.sketch.Census;
import dev.sigrun.bloom.sketch.Chunks;
import dev.sigrun.bloom.sketch.Layout;
import dev.sigrun.bloom.sketch.Murmur32;
import dev.sigrun.bloom.sketch.Sketch;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;

/**
 * Owner thread only, but for writing an image. Rows of 32-bit counters; an item has one in each
 * row, and the smallest of them is its estimate.
 */
final class CountMinSketch extends Sketch<CountMinSketch> {
    /** Where a counter stays when it would pass it. */
    static final long CELL_MAX = 0xffffffffL;

    /** The object and its lists, roughly. */
    private static final int HEAP_BYTES = 96;

    private final long width;
    private final long depth;
    private final Pages cells;
    private long total;

    private CountMinSketch(Census census, long width, long depth, long total, Pages cells) {
        super(census);
        this.width = width;
        this.depth = depth;
        this.total = total;
        this.cells = cells;
    }

    /** One that has counted nothing. */
    static CountMinSketch empty(Census census, long width, long depth) {
        return new CountMinSketch(census, width, depth, 0, new Pages(bytes(width, depth)));
    }

    /** Bytes of the counters; {@link Long#MAX_VALUE} when there are too many for a number. */
    static long bytes(long width, long depth) {
        long high = Math.multiplyHigh(width, depth);
        long low = width * depth;
        boolean fits = high == 0 && low >= 0 && low <= Long.MAX_VALUE / Integer.BYTES;
        return fits ? low * Integer.BYTES : Long.MAX_VALUE;
    }

    /**
     * Unsigned width, depth and total, and all counters as a string.
     *
     * @param bytesMax most bytes that it may take
     */
    static CountMinSketch read(Census census, OffHeap memory, RdbReader in, long bytesMax)
            throws RdbException {
        final long width = in.unsigned();
        final long depth = in.unsigned();
        final long total = in.unsigned();
        Layout.check(width >= 1 && depth >= 1, "A count-min sketch without counters.");
        final long bytes = bytes(width, depth);
        Layout.check(bytes <= bytesMax, "A count-min sketch of more bytes than are allowed.");
        final Bytes content = in.string();
        Layout.check(content.length() == bytes, "A count-min sketch with a lying size.");
        Pages cells = Pages.of(memory, content.address(), bytes);
        return new CountMinSketch(census, width, depth, total, cells);
    }

    long width() {
        return width;
    }

    long depth() {
        return depth;
    }

    /** Sum of everything that was added. */
    long total() {
        return total;
    }

    boolean isShapedAs(CountMinSketch other) {
        return width == other.width && depth == other.depth;
    }

    private long offset(long row, Bytes item) {
        return (row * width + Murmur32.row((int) row, item, width)) * Integer.BYTES;
    }

    /** Makes sure that {@link #add} of an item will find room. */
    void prepare(OffHeap memory, Bytes item) {
        for (long row = 0; row < depth; row++) {
            cells.own(memory, offset(row, item));
        }
    }

    /**
     * Counts an item that was {@linkplain #prepare prepared}.
     *
     * @param more 0 or more
     * @return its estimate now
     */
    long add(Bytes item, long more) {
        long smallest = CELL_MAX;
        for (long row = 0; row < depth; row++) {
            long offset = offset(row, item);
            long cell = Integer.toUnsignedLong(cells.getInt(offset));
            long sum = more > CELL_MAX - cell ? CELL_MAX : cell + more;
            cells.putInt(offset, (int) sum);
            smallest = Math.min(smallest, sum);
        }
        total += more;
        return smallest;
    }

    /** Estimates how often an item was counted. */
    long count(Bytes item) {
        long smallest = CELL_MAX;
        for (long row = 0; row < depth; row++) {
            long cell = Integer.toUnsignedLong(cells.getInt(offset(row, item)));
            smallest = Math.min(smallest, cell);
        }
        return smallest;
    }

    // ---- sums of sketches ----

    /**
     * Whether the weighted sum of some sketches fits: every counter, and the total.
     *
     * @param sketches sketches of this shape
     */
    boolean takes(CountMinSketch[] sketches, long[] weights) {
        try {
            weightedTotal(sketches, weights);
            for (long offset = 0; offset < cells.bytes(); offset += Integer.BYTES) {
                long sum = weighted(sketches, weights, offset);
                if (sum < 0 || sum > CELL_MAX) {
                    return false;
                }
            }
            return true;
        } catch (ArithmeticException tooLarge) {
            return false;
        }
    }

    private static long weightedTotal(CountMinSketch[] sketches, long[] weights) {
        long sum = 0;
        for (int i = 0; i < sketches.length; i++) {
            sum = Math.addExact(sum, Math.multiplyExact(sketches[i].total, weights[i]));
        }
        return sum;
    }

    private static long weighted(CountMinSketch[] sketches, long[] weights, long offset) {
        long sum = 0;
        for (int i = 0; i < sketches.length; i++) {
            long cell = Integer.toUnsignedLong(sketches[i].cells.getInt(offset));
            sum = Math.addExact(sum, Math.multiplyExact(cell, weights[i]));
        }
        return sum;
    }

    /**
     * Makes sure that {@link #become} will find room.
     *
     * @param sketches sketches of this shape
     */
    void prepareSum(OffHeap memory, CountMinSketch[] sketches) {
        for (int page = 0; page < cells.count(); page++) {
            boolean isNeeded = cells.isHeld(page);
            for (CountMinSketch each : sketches) {
                isNeeded |= each.cells.isHeld(page);
            }
            if (isNeeded) {
                cells.own(memory, (long) page * Pages.PAGE_BYTES);
            }
        }
    }

    /** Becomes a sum that it {@linkplain #takes} and that was prepared; it may be in it itself. */
    void become(CountMinSketch[] sketches, long[] weights) {
        // The counter at an offset only depends on those at the same offset.
        for (long offset = 0; offset < cells.bytes(); offset += Integer.BYTES) {
            long sum = weighted(sketches, weights, offset);
            if (sum != Integer.toUnsignedLong(cells.getInt(offset))) {
                cells.putInt(offset, (int) sum);
            }
        }
        total = weightedTotal(sketches, weights);
    }

    /** The counters, as they go through commands. */
    Pages[] runs() {
        return new Pages[] {cells};
    }

    /** Says what was counted in all, when the counters come from elsewhere. */
    void total(long sum) {
        total = sum;
    }

    // ---- as a value ----

    @Override
    public long memoryUsage(OffHeap memory) {
        return HEAP_BYTES + cells.memoryUsage(memory);
    }

    @Override
    public long parts() {
        return cells.count();
    }

    @Override
    protected boolean release(OffHeap memory, int parts) {
        return cells.freeSome(memory, parts);
    }

    @Override
    public CountMinSketch twin(OffHeap memory, Census where) {
        return new CountMinSketch(where, width, depth, total, cells.share());
    }

    @Override
    public void digest(Digest out) {
        out.add(width);
        out.add(depth);
        out.add(total);
        cells.digest(out);
    }

    @Override
    public void write(RdbWriter out) {
        out.unsigned(width);
        out.unsigned(depth);
        out.unsigned(total);
        cells.write(out);
    }

    @Override
    public void rewrite(CommandEmitter out) {
        Chunks.rewrite(out, CmsCommands.LOAD, CmsHead.of(this), runs());
    }
}
