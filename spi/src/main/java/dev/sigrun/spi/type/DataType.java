// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import dev.sigrun.spi.ForPlugin;

/**
 * A data type of a plugin. One instance serves all values; it holds no state of any of them.
 *
 * @param <V> the heap object that stands for a value
 */
@ForPlugin
public interface DataType<V> {
    /** The description; the same object at every call. */
    TypeSpec<V> spec();

    /**
     * Bytes that the value takes, on the heap and off it.
     *
     * @param samples how many elements to look at in a large value; 0 for all
     */
    long memoryUsage(ValueContext context, V value, int samples);

    /** How many steps freeing takes, roughly; a value of many steps is freed in the background. */
    long freeEffort(ValueContext context, V value);

    /** Gives back everything that the value holds. */
    void free(ValueContext context, V value);

    /**
     * Frees a part of a value that no key holds any more.
     *
     * @param steps how many steps to take at most
     * @return whether the value is gone altogether
     */
    default boolean freeSome(ValueContext context, V value, int steps) {
        free(context, value);
        return true;
    }

    /**
     * An independent copy.
     *
     * @return the copy, or null when values of this type cannot be copied
     */
    V copy(ValueContext context, V value);

    /** Feeds everything that makes two values equal to {@code out}. */
    void digest(ValueContext context, V value, Digest out);

    /** Emits commands that build the value again, for the append-only file. */
    void rewrite(ValueContext context, V value, CommandEmitter out);

    /**
     * An image of the value as it is now. Must be quick: it is called on the owner, before the
     * first change of the value during a snapshot. Needed when the mode is {@link
     * SnapshotMode#FROZEN}.
     */
    default Frozen freeze(ValueContext context, V value) {
        throw new UnsupportedOperationException(spec().name() + " is not frozen");
    }

    /**
     * Whether elements of the value have a time to live of their own; asked for values that come
     * from a payload, a file or a copy. Commands say so by {@link
     * dev.sigrun.spi.key.Key#elementsExpire(boolean)}.
     */
    default boolean hasExpiringElements(ValueContext context, V value) {
        return false;
    }

    /**
     * Removes elements whose own time is over, with their events and effects, and the key when
     * nothing is left. Called for keys of which {@link
     * dev.sigrun.spi.key.Key#elementsExpire(boolean)} was told, every now and then.
     *
     * @return number of elements that were removed
     */
    default int expireElements(ValueContext context, V value, ElementExpiry visit) {
        return 0;
    }

    /**
     * What {@code DEBUG OBJECT} says of the value beyond what it says of every one, each fact as
     * {@code name:value} with a blank before it; nothing, as a rule.
     *
     * @param fast whether only that is wanted which takes constant time
     */
    default String details(ValueContext context, V value, boolean fast) {
        return "";
    }

    /** What {@code OBJECT ENCODING} answers. */
    default String encoding(V value) {
        return "raw";
    }
}
