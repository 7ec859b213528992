// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import dev.sigrun.spi.Bytes;

/**
 * The kernel's own {@link Bytes}: a flyweight that can be moved. It is the only class of its kind
 * on the hot path, so the accessors of {@link Bytes} stay direct calls. Confined to its thread.
 */
public final class Slice extends Bytes {
    /** Moves the view over other bytes. */
    public Slice wrap(long newAddress, int newLength) {
        address = newAddress;
        length = newLength;
        return this;
    }

    /** Moves the view over the bytes of another. */
    public Slice wrap(Bytes other) {
        return wrap(other.address(), other.length());
    }

    /** Ends the loan: every later access fails, because there is nothing left to see. */
    public void expire() {
        address = 0;
        length = 0;
    }
}
