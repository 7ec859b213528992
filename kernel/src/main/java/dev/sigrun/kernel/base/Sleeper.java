// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** Lets time pass. Any thread; tests bring one that only moves their clock. */
@FunctionalInterface
public interface Sleeper {
    /** Holds the calling thread for so long. */
    void sleep(long nanos);
}
