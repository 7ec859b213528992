// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.LoadFailure;

/**
 * How the loading of data ended.
 *
 * @param failure why it ended before its time; null when all is loaded
 * @param bytes bytes of the input that belong to the data; more may follow after them
 * @param keys keys that were loaded
 * @param keysExpired keys that were left out because their time is over
 * @param hashesExpired hashes that were left out because the time of all their fields is over
 * @param keysSkipped keys that were left out because their plugin is not there
 * @param emptyKeysSkipped keys that were left out because their values have no elements
 * @param version the version of the format
 * @param facts where the data stands in the history of changes
 * @param millis how long it took
 * @param beside what was loaded beside, to be exchanged or dropped; null unless it was asked for
 */
public record LoadEnd(
        LoadFailure failure,
        long bytes,
        long keys,
        long keysExpired,
        long hashesExpired,
        long keysSkipped,
        long emptyKeysSkipped,
        int version,
        LoadFacts facts,
        long millis,
        Beside beside) {
    /** Whether all is loaded. */
    public boolean isComplete() {
        return failure == null;
    }
}
