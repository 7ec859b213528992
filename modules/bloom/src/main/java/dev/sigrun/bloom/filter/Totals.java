// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.filter;

/** Owner thread only. Counts over all filters, for {@code INFO}. */
public final class Totals {
    private long objects;
    private long filters;
    private long items;
    private long capacity;
    private long memoryBytes;

    /** Number of keys that hold a filter. */
    public long objects() {
        return objects;
    }

    /** Number of layers. */
    public long filters() {
        return filters;
    }

    /** Number of items. */
    public long items() {
        return items;
    }

    /** Number of items that fit without growth. */
    public long capacity() {
        return capacity;
    }

    /** Bytes that all filters count for. */
    public long memoryBytes() {
        return memoryBytes;
    }

    void object(int sign) {
        objects += sign;
        memoryBytes += sign * Sizing.OBJECT_BYTES;
    }

    void slots(long difference) {
        memoryBytes += difference * Sizing.SLOT_BYTES;
    }

    void layer(Layer layer, int sign) {
        filters += sign;
        items += sign * layer.items();
        capacity += sign * layer.capacity();
        memoryBytes += sign * Sizing.layerBytes(layer.bitBytes());
    }

    void itemAdded() {
        items++;
    }
}
