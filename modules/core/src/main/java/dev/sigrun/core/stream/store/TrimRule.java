// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

/**
 * Confined to one thread. How far a stream is cut at its beginning: to a length, or up to an
 * identifier. Mutable, so that one object serves all calls.
 */
public final class TrimRule {
    /** What decides. */
    public enum Kind {
        /** Nothing is to go. */
        NONE,
        /** So many entries stay at least. */
        LENGTH,
        /** Entries from an identifier on stay. */
        ID
    }

    private final StreamId minId = new StreamId();
    private Kind kind = Kind.NONE;
    private boolean whole;
    private long lengthMax;
    private long limit;

    /** Makes a rule by which nothing goes. */
    public TrimRule() {}

    /** Becomes the rule by which nothing goes. */
    public void clear() {
        kind = Kind.NONE;
        whole = false;
        limit = 0;
    }

    /** Cuts to a length. */
    public void toLength(long entries) {
        kind = Kind.LENGTH;
        lengthMax = entries;
    }

    /** Cuts up to an identifier, given by what is written into the answer. */
    public StreamId toId() {
        kind = Kind.ID;
        return minId;
    }

    /** Says whether only whole nodes go, so that more may stay than asked for. */
    public void wholeNodes(boolean yes) {
        whole = yes;
    }

    /** Says how many entries go at most; 0 for any number. */
    public void limit(long entries) {
        limit = entries;
    }

    /** What decides. */
    public Kind kind() {
        return kind;
    }

    /** Whether only whole nodes go. */
    public boolean isWholeNodes() {
        return whole;
    }

    /** How many entries go at most; 0 for any number. */
    public long limit() {
        return limit;
    }

    /** Whether a stream of this length need not be looked at. */
    boolean isMetBy(long length) {
        return kind == Kind.NONE || (kind == Kind.LENGTH && length <= lengthMax);
    }

    /** Whether the entry at hand, and so all behind it, stay. */
    boolean keeps(long length, long ms, long seq) {
        return kind == Kind.ID ? minId.compareTo(ms, seq) <= 0 : length <= lengthMax;
    }

    /** Whether a whole node goes, of which the last entry and the number of entries are known. */
    boolean dropsNode(long length, long entries, long lastMs, long lastSeq) {
        return kind == Kind.ID
                ? minId.compareTo(lastMs, lastSeq) > 0
                : length - entries >= lengthMax;
    }
}
