// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

import java.util.List;

/**
 * What was read from clients and written to them since the counters were zeroed.
 *
 * @param reads reads that brought something
 * @param writes replies that were sent, many at once as a rule
 * @param threadReads those of the reads that IO threads did besides the owner
 * @param threadWrites those of the writes that IO threads did
 * @param isThreaded whether IO threads are in use now
 * @param threadMicros processor time of the IO threads that there may be, since the start
 */
public record IoFacts(
        long reads,
        long writes,
        long threadReads,
        long threadWrites,
        boolean isThreaded,
        List<Long> threadMicros) {
    /** Nothing happened. */
    public static final IoFacts NONE = new IoFacts(0, 0, 0, 0, false, List.of());
}
