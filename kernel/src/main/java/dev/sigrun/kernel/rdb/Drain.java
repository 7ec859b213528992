// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

/** Takes what an output has gathered, such as a file does. On the thread that writes. */
@FunctionalInterface
public interface Drain {
    /**
     * Takes bytes, which are only lent.
     *
     * @throws java.io.UncheckedIOException when they cannot be kept
     */
    void take(byte[] content, int offset, int length);
}
