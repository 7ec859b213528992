// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.store.SecondSet;

/**
 * Databases that were loaded beside those that commands see. Exactly one of the two methods is
 * called, once. Owner thread only.
 */
public final class Beside {
    private final SecondSet databases;

    Beside(SecondSet databases) {
        this.databases = databases;
    }

    /** Number of keys. */
    public long keys() {
        return databases.keys();
    }

    /**
     * Makes these the databases that commands see; what they saw until now is freed.
     *
     * @param background whether that is freed step by step afterwards
     */
    public void exchange(boolean background) {
        databases.exchange(background);
    }

    /** Frees them, step by step, in the background. */
    public void drop() {
        databases.drop();
    }
}
