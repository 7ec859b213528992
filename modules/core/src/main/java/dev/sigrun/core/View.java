// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.spi.Bytes;

/**
 * Bytes of a value, where something else than their address and length is asked for; a flyweight to
 * be kept and moved. Owner thread only.
 */
public final class View extends Bytes {
    /** A view of nothing. */
    public View() {}

    /** Moves the view over other bytes. */
    public View over(long newAddress, int newLength) {
        address = newAddress;
        length = newLength;
        return this;
    }
}
