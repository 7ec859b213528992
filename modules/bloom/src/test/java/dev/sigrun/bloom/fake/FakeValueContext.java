// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.ValueContext;

/**
 * A value's surroundings.
 *
 * @param memory where its blocks are
 * @param limitsApply whether a user brought it
 */
public record FakeValueContext(OffHeap memory, boolean limitsApply) implements ValueContext {
    @Override
    public Bytes key() {
        return null;
    }

    @Override
    public int db() {
        return -1;
    }

    @Override
    public Cell newCell(int length) {
        throw new AssertionError("not a call of this plugin");
    }
}
