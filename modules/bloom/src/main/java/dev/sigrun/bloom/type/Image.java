// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbWriter;

/**
 * Encoded on any one thread, closed on the owner. The image of a filter for a snapshot.
 *
 * <p>It holds the filter's blocks together with the filter. All but the last never change any more;
 * the last is copied by the filter before it is written to, and only if it is written to. So taking
 * an image costs a few objects for each layer, and the first addition after it at most one copy.
 *
 * @param <F> flavour
 */
final class Image<F extends Filter<?>> implements Frozen {
    private final F pinned;
    private final RdbCodec<F> codec;
    private final OffHeap memory;
    private boolean closed;

    Image(F pinned, RdbCodec<F> codec, OffHeap memory) {
        this.pinned = pinned;
        this.codec = codec;
        this.memory = memory;
    }

    @Override
    public void encode(RdbWriter out, int version) throws RdbException {
        codec.encode(null, pinned, out, version);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            pinned.free(memory);
        }
    }
}
