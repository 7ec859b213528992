// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import dev.sigrun.kernel.base.Clock;

/** A clock that a test moves. */
final class Ticking implements Clock {
    long unixSeconds = 1_700_000_000;

    @Override
    public long unixMillis() {
        return unixSeconds * 1000;
    }

    @Override
    public long nanos() {
        return unixSeconds * 1_000_000_000;
    }
}
