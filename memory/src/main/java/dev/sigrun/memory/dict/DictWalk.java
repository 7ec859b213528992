// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.SteppedWalk;
import dev.sigrun.memory.TouchedHashes;
import java.util.function.LongSupplier;

/**
 * Shows every element that a dictionary has when the walk begins, as it is then, once and in steps
 * between which the dictionary may change. Owner thread only.
 *
 * <p>The walk goes in the order of hashes. An element that is about to be added, changed or removed
 * ahead of it is shown before, with all others of the same hash, and passed over later. What that
 * costs is eight bytes for each.
 */
public final class DictWalk implements SteppedWalk {
    private final Dict dict;
    private final LongSupplier root;
    private final DictVisitor visitor;
    private final DictVisitor filter = this::filter;
    private final TouchedHashes touched = new TouchedHashes();
    private long cursor;
    private long filterFrom;
    private boolean filters;
    private boolean done;
    private Throwable failure;

    /**
     * Begins a walk, of which there may be several at a time.
     *
     * @param root says where the dictionary's root stands now
     * @param visitor sees elements; it must neither change nor search any dictionary of the engine
     */
    public DictWalk(Dict dict, LongSupplier root, DictVisitor visitor) {
        this.dict = dict;
        this.root = root;
        this.visitor = visitor;
        dict.walks().begin(this);
    }

    /**
     * Shows the elements of the next bucket.
     *
     * @return whether there are more
     * @throws IllegalStateException when the visitor has failed, be it in this call or before
     */
    @Override
    public boolean step() {
        if (!done) {
            cursor = dict.scan(root.getAsLong(), cursor, this, filter);
            done = cursor == 0;
        }
        if (failure != null) {
            throw new IllegalStateException("an element could not be shown", failure);
        }
        return !done;
    }

    /** Takes an element of the bucket at hand, which may reach back before the cursor. */
    private void filter(long position) {
        if (filters || !touched.isEmpty()) {
            long hash = dict.cursor(position);
            if ((filters && Long.compareUnsigned(hash, filterFrom) < 0) || touched.contains(hash)) {
                return;
            }
        }
        visitor.visit(position);
    }

    /** The bucket about to be shown reaches back before where the walk has come to. */
    void filtersFrom(boolean yes, long hash) {
        filters = yes;
        filterFrom = hash;
    }

    @Override
    public boolean isOf(long changedRoot) {
        return !done && root.getAsLong() == changedRoot;
    }

    /** Elements of a hash, which all belong into this bucket, are about to change. */
    void beforeChange(long hash, long bucket) {
        if (Long.compareUnsigned(hash, cursor) < 0 || !touched.add(hash)) {
            return;
        }
        try {
            dict.visitHash(bucket, hash, visitor);
        } catch (RuntimeException | OutOfMemoryError e) {
            // The change is somebody else's and goes on; the walk is of no use any more.
            failure = e;
            done = true;
        }
    }

    /** Ends the walk; the dictionary goes on without it. */
    @Override
    public void close() {
        done = true;
        dict.walks().end(this);
    }
}
