// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbWriter;

/**
 * Owner thread only, but for {@link #write} of an image. What every sketch does as the value of a
 * key.
 *
 * @param <S> the sketch itself
 */
public abstract class Sketch<S extends Sketch<S>> {
    private final Census census;

    /**
     * For sketches.
     *
     * @param census where it counts; null for an image
     */
    protected Sketch(Census census) {
        this.census = census;
        if (census != null) {
            census.born();
        }
    }

    /** Bytes that it takes, on the heap and off it. */
    public abstract long memoryUsage(OffHeap memory);

    /** How many steps freeing takes. */
    public abstract long parts();

    /**
     * Gives back a part of what it holds.
     *
     * @param parts how many parts at most
     * @return whether nothing is held any more
     */
    protected abstract boolean release(OffHeap memory, int parts);

    /**
     * One with the same content, for as little as possible: what is large is shared until one of
     * the two changes it.
     *
     * @param where the census that it counts in; null for an image
     */
    public abstract S twin(OffHeap memory, Census where);

    /** Feeds everything that makes two of them equal. */
    public abstract void digest(Digest out);

    /** Writes all parts of its layout. */
    public abstract void write(RdbWriter out);

    /** Emits commands that build it again. */
    public abstract void rewrite(CommandEmitter out);

    /** Where it counts; null for an image. */
    public final Census census() {
        return census;
    }

    /** Gives back everything. */
    public final void free(OffHeap memory) {
        freeSome(memory, Integer.MAX_VALUE);
    }

    /** Gives back a part; returns whether it is gone. */
    public final boolean freeSome(OffHeap memory, int parts) {
        boolean isGone = release(memory, parts);
        if (isGone && census != null) {
            census.gone();
        }
        return isGone;
    }
}
