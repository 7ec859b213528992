// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

/** Bounds on what the gate is willing to look at. */
final class GateLimits {
    /** Size of the file. */
    static final long FILE_BYTES_MAX = 256L << 20;

    /** Size of everything in the file, unpacked, nested jars included. */
    static final long UNPACKED_BYTES_MAX = 1L << 30;

    /** Number of entries, those of nested jars included. */
    static final int ENTRIES_MAX = 100_000;

    /** Size of a manifest, unpacked. */
    static final int MANIFEST_BYTES_MAX = 64 << 10;

    /** Size of a resource that the kernel reads out of a plugin. */
    static final int RESOURCE_BYTES_MAX = 4 << 20;

    /** Number of problems of one plugin that a message lists. */
    static final int PROBLEMS_SHOWN_MAX = 20;

    private GateLimits() {}
}
