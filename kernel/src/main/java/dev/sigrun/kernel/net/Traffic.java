// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

/**
 * How often clients were read from and written to since the start.
 *
 * @param reads reads that brought something
 * @param writes replies that were sent, many at once as a rule
 * @param threadReads those of the reads that IO threads did besides the owner
 * @param threadWrites those of the writes that IO threads did
 */
public record Traffic(long reads, long writes, long threadReads, long threadWrites) {
    /** Nothing yet. */
    public static final Traffic NONE = new Traffic(0, 0, 0, 0);
}
