// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

/**
 * What a file says about where its data stands in the history of changes.
 *
 * @param replicationId 40 hexadecimal digits, or null
 * @param replicationOffset the offset in that history; -1 for none
 * @param streamDatabase the database that the stream of changes has selected; -1 for none
 * @param isAofBase whether the file is the base of an append-only file
 * @param createdSeconds when it was written, in Unix seconds; -1 when it does not say
 * @param usedMemory bytes that its data took where it was written; -1 when it does not say
 */
public record LoadFacts(
        String replicationId,
        long replicationOffset,
        int streamDatabase,
        boolean isAofBase,
        long createdSeconds,
        long usedMemory) {
    /** A file that says nothing. */
    public static final LoadFacts NONE = new LoadFacts(null, -1, -1, false, -1, -1);
}
