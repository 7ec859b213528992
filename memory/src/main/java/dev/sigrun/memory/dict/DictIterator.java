// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

/**
 * Owner thread only. Goes over the elements of one dictionary after another, in the order of their
 * hashes; a flyweight, to be kept. A dictionary must not change while an iterator is on its way.
 */
public final class DictIterator {
    private final int stride;
    private long root;
    private long index;
    private long segment;
    private int slot;
    private long at;
    private int left;

    /**
     * Makes an iterator.
     *
     * @param stride as that of the {@link Dict}
     */
    public DictIterator(int stride) {
        this.stride = stride;
    }

    /** Begins with a dictionary. */
    public DictIterator over(long newRoot) {
        root = newRoot;
        index = 0;
        left = 0;
        enter();
        return this;
    }

    /** The position of the next element; 0 when there are no more. */
    public long next() {
        while (left == 0) {
            if (!nextBucket()) {
                return 0;
            }
        }
        left--;
        long position = at;
        at = Bucket.skip(at, stride);
        return position;
    }

    private void enter() {
        segment = Root.entry(root, index);
        slot = 0;
    }

    private boolean nextBucket() {
        if (slot == Segment.slots(segment)) {
            int depth = Root.depth(root);
            // A segment has all the entries that begin with its bits.
            index += 1L << (depth - Segment.depth(segment));
            if (index >= 1L << depth) {
                index -= 1L << (depth - Segment.depth(segment));
                return false;
            }
            enter();
        }
        long bucket = Segment.bucket(segment, slot);
        slot += Segment.span(segment, slot);
        left = bucket == 0 ? 0 : Bucket.count(bucket);
        at = bucket + Bucket.HEADER_BYTES;
        return true;
    }
}
