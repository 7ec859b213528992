// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

/**
 * Sees the parts of a stream one after the other, in the order in which files have them: all nodes,
 * the numbers of the stream, and each group with its pending entries and its consumers. It must not
 * change any stream. Owner thread only.
 */
public interface StreamVisitor {
    /** So many nodes come next. */
    void nodes(long count);

    /**
     * A node.
     *
     * @param ms the time under which the map has it
     * @param seq the sequence number under which the map has it
     */
    void node(long ms, long seq, long node);

    /**
     * The numbers of the stream.
     *
     * @param root a root, of which the numbers alone count
     * @param groups so many groups come next
     */
    void numbers(long root, int groups);

    /**
     * A group.
     *
     * @param name where its name is
     * @param pending so many pending entries come next
     */
    void group(
            long name, int nameLength, long lastMs, long lastSeq, long entriesRead, long pending);

    /** A pending entry of the group: when it was delivered, and how many times. */
    void pending(long ms, long seq, long time, long count);

    /** So many consumers of the group come next. */
    void consumers(int count);

    /**
     * A consumer.
     *
     * @param name where its name is
     * @param owned so many entries that it has come next
     */
    void consumer(long name, int nameLength, long seenMillis, long activeMillis, long owned);

    /** An entry that the consumer has; the group has it too. */
    void owned(long ms, long seq);
}
