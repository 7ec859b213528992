// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.spi.Bytes;

/** The bytes of a script behind its first line, lent until the part is closed. */
final class Part implements AutoCloseable {
    private final Slice slice = new Slice();

    Part(Bytes whole, int from) {
        slice.wrap(whole.address() + from, whole.length() - from);
    }

    Bytes bytes() {
        return slice;
    }

    @Override
    public void close() {
        slice.expire();
    }
}
