// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

/**
 * The version of this contract, apart from the server's own version. A plugin built for {@code
 * MAJOR.a} runs on a kernel that offers {@code MAJOR.b} when {@code b >= a}. Before 1.0 every minor
 * may break, and the gate asks for the same minor.
 */
public final class SpiVersion {
    /** The major version this kernel offers. */
    public static final int MAJOR = 0;

    /** The minor version this kernel offers. */
    public static final int MINOR = 1;

    private SpiVersion() {}
}
