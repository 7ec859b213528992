// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.Bytes;

/** Confined to its input. The view that an input lends, moved from string to string. */
final class LentBytes extends Bytes {
    LentBytes over(long newAddress, int newLength) {
        address = newAddress;
        length = newLength;
        return this;
    }
}
