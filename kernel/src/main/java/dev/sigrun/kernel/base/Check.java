// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** Cheap checks of what the code takes for granted, always on. */
public final class Check {
    private Check() {}

    /**
     * Fails when something that must hold does not: a fault of the program, never of its input.
     *
     * @param sentence what should have held
     */
    public static void that(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalStateException(sentence);
        }
    }
}
