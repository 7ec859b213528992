// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

/**
 * Confined to one thread. An entry's identifier: 128 bits, compared as unsigned numbers, of which
 * the first half is a time and the other a sequence number. Mutable, so that one object serves all
 * calls.
 */
public final class StreamId implements Comparable<StreamId> {
    private long ms;
    private long seq;

    /** Makes the identifier 0-0. */
    public StreamId() {}

    /** The time. */
    public long ms() {
        return ms;
    }

    /** The sequence number. */
    public long seq() {
        return seq;
    }

    /** Becomes another identifier. */
    public StreamId set(long newMs, long newSeq) {
        ms = newMs;
        seq = newSeq;
        return this;
    }

    /** Becomes another identifier. */
    public StreamId set(StreamId other) {
        return set(other.ms, other.seq);
    }

    /** Whether this is 0-0. */
    public boolean isZero() {
        return (ms | seq) == 0;
    }

    /** Whether this is the highest of all. */
    public boolean isMax() {
        return (ms & seq) == -1;
    }

    /** Compares with another one. */
    @Override
    public int compareTo(StreamId other) {
        return compare(ms, seq, other.ms, other.seq);
    }

    /** Compares with another one. */
    public int compareTo(long otherMs, long otherSeq) {
        return compare(ms, seq, otherMs, otherSeq);
    }

    /** Compares two identifiers. */
    public static int compare(long ms, long seq, long otherMs, long otherSeq) {
        int order = Long.compareUnsigned(ms, otherMs);
        return order != 0 ? order : Long.compareUnsigned(seq, otherSeq);
    }

    /** Becomes the next one; the highest becomes 0-0, and the answer is false. */
    public boolean increment() {
        seq++;
        if (seq == 0) {
            ms++;
        }
        return !isZero();
    }

    /** Becomes the one before; 0-0 becomes the highest, and the answer is false. */
    public boolean decrement() {
        if (seq == 0) {
            ms--;
        }
        seq--;
        return !isMax();
    }

    /** The identifier as people read it. */
    @Override
    public String toString() {
        return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
    }
}
