// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.memory.OffHeap;
import java.util.Arrays;

/**
 * Owner thread only. A Bloom filter that grows by layers: items go into the last one, and when that
 * is full a larger and stricter one is added. An item is there if any layer has it.
 *
 * <p>The list of layers grows in the steps of valkey-bloom's list, because its unused places count
 * in the size that {@code BF.INFO} answers and the memory limit is held against.
 *
 * @param <L> flavour of the layers
 */
public abstract sealed class Filter<L extends Layer> permits BloomFilter, RedisFilter {
    /** What a layer takes on the heap, with its block and its seed. */
    private static final long LAYER_HEAP_BYTES = 136;

    private final Totals totals;
    private L[] layers;
    private int count;
    private long items;
    private long capacity;
    private long layersBytes;

    Filter(Totals totals, L[] slots) {
        this.totals = totals;
        this.layers = slots;
        totals.object(1);
        totals.slots(slots.length);
    }

    /** Whether the item is there; wrongly so at the error rate. */
    public abstract boolean contains(Bytes item);

    /**
     * Adds an item.
     *
     * @param limit bytes that the filter may count for
     * @return whether it was not there
     * @throws CommandException when there is no room and no growth; nothing has changed then
     */
    public abstract boolean add(OffHeap memory, Bytes item, long limit) throws CommandException;

    /** The error rate of the first layer. */
    public abstract double errorRate();

    /** What the error rate of each further layer is multiplied by. */
    public abstract double tightening();

    /** What the capacity of each further layer is multiplied by; 0 for no growth. */
    public abstract long expansion();

    /** An image that shares all blocks and counts nowhere; to be freed like any filter. */
    public abstract Filter<L> pin();

    /** Number of layers. */
    public final int layers() {
        return count;
    }

    /** The layer at {@code index}; the oldest is at 0. */
    public final L layer(int index) {
        return layers[index];
    }

    final L last() {
        return layers[count - 1];
    }

    /** Places in the list of layers. */
    final int slots() {
        return layers.length;
    }

    /** Number of items that were added. */
    public final long items() {
        return items;
    }

    /** Number of items that fit without growth. */
    public final long capacity() {
        return capacity;
    }

    /** The size that limits are held against, counted as valkey-bloom counts. */
    public final long sizeBytes() {
        return Sizing.OBJECT_BYTES + Sizing.SLOT_BYTES * layers.length + layersBytes;
    }

    /** Bytes that the filter really takes on the heap and off it. */
    public final long memoryUsage(OffHeap memory) {
        long bytes = Sizing.OBJECT_BYTES + Sizing.SLOT_BYTES * layers.length;
        for (int i = 0; i < count; i++) {
            bytes += LAYER_HEAP_BYTES + layers[i].string().memoryUsage(memory);
        }
        return bytes;
    }

    final Totals totals() {
        return totals;
    }

    final void append(L layer) {
        if (count == layers.length) {
            int slots = Sizing.grownSlots(count);
            totals.slots(slots - count);
            layers = Arrays.copyOf(layers, slots);
        }
        layers[count] = layer;
        count++;
        items += layer.items();
        capacity += layer.capacity();
        layersBytes += Sizing.layerBytes(layer.bitBytes());
        totals.layer(layer, 1);
    }

    final void itemAdded() {
        items++;
        totals.itemAdded();
    }

    /** Checks that a layer for {@code bitBytes} more may be added. */
    final void checkGrowth(long bitBytes, long limit) throws CommandException {
        if (count == Integer.MAX_VALUE) {
            throw Errors.TOO_MANY_LAYERS;
        }
        if (Sizing.saturatedSum(sizeBytes(), Sizing.layerBytes(bitBytes)) > limit) {
            throw Errors.TOO_LARGE;
        }
        checkBitString(bitBytes);
    }

    /** Refuses what could be saved but not be read back, even to a primary. */
    static void checkBitString(long bitBytes) throws CommandException {
        if (bitBytes > Sizing.BIT_STRING_BYTES_MAX - SipLayer.HEADER_BYTES) {
            throw Errors.TOO_LARGE;
        }
    }

    /** Gives back all memory. */
    public final void free(OffHeap memory) {
        freeSome(memory, Integer.MAX_VALUE);
    }

    /**
     * Gives back a part of the memory of a filter that nobody uses any more.
     *
     * @param steps how many layers to free at most
     * @return whether everything is given back
     */
    public final boolean freeSome(OffHeap memory, int steps) {
        for (int i = 0; i < steps && count > 0; i++) {
            count--;
            L layer = layers[count];
            layers[count] = null;
            totals.layer(layer, -1);
            layer.release(memory);
        }
        if (count > 0) {
            return false;
        }
        totals.object(-1);
        totals.slots(-layers.length);
        return true;
    }
}
