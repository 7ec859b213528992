// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

/** Owner thread only. How many sketches of a kind there are. */
public final class Census {
    private long objects;

    /** None. */
    public Census() {}

    /** Number of sketches. */
    public long objects() {
        return objects;
    }

    void born() {
        objects++;
    }

    void gone() {
        objects--;
    }
}
