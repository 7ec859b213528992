// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Blocks;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.SteppedWalks;
import java.util.random.RandomGenerator;

/**
 * Owner thread only. Large sets (stride 1: elements) and maps (stride 2: pairs of key and value) of
 * byte strings, with a few bytes to an element beyond its content.
 *
 * <p>One object serves any number of dictionaries and holds none of their state. A dictionary is
 * what hangs on a root, {@link #ROOT_BYTES} bytes of the caller's, which may move as a whole; each
 * function is told where it is.
 *
 * <p>Elements are ordered by a keyed hash. The root has a directory of segments, a segment has some
 * slots, and a slot the address of a bucket: one block in which some twenty {@link Element}s of
 * neighbouring hashes stand one after the other, told apart by a byte of hash each. So there is no
 * pointer to an element, and a look-up misses the cache about as often as there are levels. A full
 * bucket is split alone, so that a look-up or a change moves and hashes no more than some thirty
 * elements, which takes a microsecond or two; see {@link Growth} and {@link Shrinkage}. Only the
 * directory doubles as a whole, and one entry of it stands for some five hundred elements.
 *
 * <p>Content of 224 bytes and more stands in a block of its own. A value may have a time at which
 * it ends; see {@link Item#expiryMillis(long)}. That costs 9 bytes where there is one and nothing
 * elsewhere. Nothing goes by itself then: the caller asks {@link #nextExpired}.
 *
 * <p>A position is the address of an element in its bucket, for a map that of the key, to be read
 * through {@link Element}; it is right until the dictionary changes. What throws {@link
 * MemoryExhausted} has changed nothing.
 */
public final class Dict {
    /** Bytes of a root. */
    public static final int ROOT_BYTES = Root.BYTES;

    private final Room room;
    private final Growth growth;
    private final Shrinkage shrinkage;
    private final Whole whole;
    private final int stride;
    private final long k0;
    private final long k1;

    /** Those who have to see elements before they change. */
    private final SteppedWalks<DictWalk> walks = new SteppedWalks<>();

    // Where the hash at hand belongs, between two steps of one operation.
    private long segment;
    private int slot;
    private long bucket;

    /**
     * Makes an engine.
     *
     * @param blocks where the blocks come from
     * @param stride 1 for sets, 2 for maps
     * @param k0 first half of a secret, so that strangers cannot make hashes collide
     * @param k1 second half; dictionaries are at home with engines of the same secret
     */
    public Dict(Blocks blocks, int stride, long k0, long k1) {
        if (stride != 1 && stride != 2) {
            throw new IllegalArgumentException("A stride of " + stride + " makes no sense.");
        }
        room = new Room(blocks);
        growth = new Growth(room, stride, k0, k1);
        shrinkage = new Shrinkage(room);
        whole = new Whole(room, stride);
        this.stride = stride;
        this.k0 = k0;
        this.k1 = k1;
    }

    // ---- life ----

    /** Makes the bytes at {@code root} an empty dictionary. */
    public void create(long root) {
        whole.create(root);
    }

    /** Gives everything back that hangs on a root; only {@link #create} may follow. */
    public void free(long root) {
        while (!whole.freeSome(root, Integer.MAX_VALUE)) {
            // One call takes as many steps as it is told, and these are all there can be.
        }
    }

    /**
     * Gives a part back; after that, nothing but this function may be called for the root.
     *
     * @param steps how many blocks to give back, roughly
     * @return whether everything is gone
     */
    public boolean freeSome(long root, int steps) {
        return whole.freeSome(root, steps);
    }

    /** Makes the bytes at {@code target} a dictionary with the same elements and times. */
    public void copy(long root, long target) {
        whole.copy(root, target);
    }

    // ---- figures ----

    /** Number of elements, for a map of pairs. */
    public long size(long root) {
        return Root.count(root);
    }

    /** Number of pairs whose value has a time. */
    public long timed(long root) {
        return Root.timed(root);
    }

    /** Bytes of all blocks, as the allocator counts them; the root itself is the caller's. */
    public long memoryBytes(long root) {
        return Root.held(root);
    }

    // ---- reading ----

    /** The position of an element, of a pair by its key; 0 when there is none. */
    public long find(long root, Item key) {
        long hash = key.hash(k0, k1);
        locate(root, hash);
        int found = look(hash, key);
        return found == Bucket.NONE ? 0 : bucket + Bucket.offset(found);
    }

    /** The value of a pair, with its time, to be read through {@link Element}. */
    public long value(long position) {
        return position + Element.size(position);
    }

    private void locate(long root, long hash) {
        segment = Root.segment(root, hash);
        slot = Segment.slot(segment, hash);
        bucket = Segment.bucket(segment, slot);
    }

    private int look(long hash, Item key) {
        return bucket == 0 ? Bucket.NONE : Bucket.find(bucket, stride, Bucket.tag(hash), key);
    }

    // ---- changing ----

    /**
     * Adds an element to a set.
     *
     * @return whether it was not there before
     */
    public boolean add(long root, Item element) {
        long hash = element.hash(k0, k1);
        locate(root, hash);
        if (look(hash, element) != Bucket.NONE) {
            return false;
        }
        beforeChange(root, hash);
        insert(root, hash, element, null);
        return true;
    }

    /**
     * Puts a pair into a map. The value's time is the item's, also where there was a value with
     * another time before.
     *
     * @return whether the key was not there before
     */
    public boolean put(long root, Item key, Item value) {
        long hash = key.hash(k0, k1);
        locate(root, hash);
        int found = look(hash, key);
        beforeChange(root, hash);
        if (found == Bucket.NONE) {
            insert(root, hash, key, value);
            return true;
        }
        replace(root, hash, key, found, value);
        return false;
    }

    private void insert(long root, long hash, Item key, Item value) {
        int bytes = key.storedBytes() + (value == null ? 0 : value.storedBytes());
        while (bucket != 0 && Bucket.isFull(bucket, bytes, 1)) {
            growth.step(root, hash);
            locate(root, hash);
        }
        bucket = room.open(root, segment, slot, bytes, 1);
        long at = Bucket.end(bucket);
        long keyBlock = room.takeOutside(root, key);
        long end = key.store(at, keyBlock);
        if (value != null) {
            end = value.store(end, takeOutside(root, value, at));
            noteTime(root, value.expiryMillis());
        }
        Bucket.append(bucket, Bucket.tag(hash), (int) (end - at));
        Root.addCount(root, 1);
        Root.noteFullest(root, Bucket.count(bucket));
    }

    /** Takes the value's block, or gives the key's back when there is no room for both. */
    private long takeOutside(long root, Item value, long key) {
        try {
            return room.takeOutside(root, value);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            room.giveOutside(root, key);
            throw e;
        }
    }

    private void replace(long root, long hash, Item key, int known, Item value) {
        int found = known;
        int newBytes = value.storedBytes();
        int oldBytes = Element.size(value(bucket + Bucket.offset(found)));
        while (Bucket.isFull(bucket, newBytes - oldBytes, 0)) {
            growth.step(root, hash);
            locate(root, hash);
            found = look(hash, key);
        }
        long block = room.takeOutside(root, value);
        try {
            bucket = room.open(root, segment, slot, Math.max(0, newBytes - oldBytes), 0);
        } catch (MemoryExhausted | OutOfMemoryError e) {
            if (block != 0) {
                room.give(root, block, value.length());
            }
            throw e;
        }
        long at = value(bucket + Bucket.offset(found));
        room.giveOutside(root, at);
        forgetTime(root, at);
        Bucket.resize(bucket, (int) (at - bucket), oldBytes, newBytes);
        value.store(at, block);
        noteTime(root, value.expiryMillis());
        room.trim(root, segment, slot);
    }

    /**
     * Removes an element, or a pair by its key.
     *
     * @param key may stand on the very element that is removed
     * @return whether it was there
     */
    public boolean remove(long root, Item key) {
        long hash = key.hash(k0, k1);
        locate(root, hash);
        int found = look(hash, key);
        if (found == Bucket.NONE) {
            return false;
        }
        beforeChange(root, hash);
        bucket = room.open(root, segment, slot, 0, 0);
        long at = bucket + Bucket.offset(found);
        long end = at;
        for (int part = 0; part < stride; part++) {
            room.giveOutside(root, end);
            forgetTime(root, end);
            end += Element.size(end);
        }
        Bucket.erase(bucket, found, (int) (end - at));
        Root.addCount(root, -1);
        room.trim(root, segment, slot);
        shrinkage.settle(root, hash);
        return true;
    }

    // ---- walks ----

    SteppedWalks<DictWalk> walks() {
        return walks;
    }

    /** Elements of a hash are about to change, in the bucket at hand. */
    private void beforeChange(long root, long hash) {
        if (!walks.isEmpty()) {
            for (DictWalk walk : walks.all()) {
                if (walk.isOf(root)) {
                    walk.beforeChange(hash, bucket);
                }
            }
        }
    }

    /** Visits the elements of a bucket that have this very hash. */
    void visitHash(long visited, long hash, DictVisitor visitor) {
        visit(
                visited,
                position -> {
                    if (cursor(position) == hash) {
                        visitor.visit(position);
                    }
                });
    }

    /** As {@link #scan}, but tells the walk where to begin within the bucket. */
    long scan(long root, long cursor, DictWalk walk, DictVisitor visitor) {
        locate(root, cursor);
        int depth = Segment.bucketDepth(segment, Segment.span(segment, slot));
        long start = depth == 0 ? 0 : cursor >>> (64 - depth) << (64 - depth);
        walk.filtersFrom(start != cursor, cursor);
        visit(bucket, visitor);
        return depth == 0 ? 0 : ((cursor >>> (64 - depth)) + 1) << (64 - depth);
    }

    // ---- times ----

    /**
     * Gives the value of a key another time.
     *
     * @param unixMillis milliseconds since the Unix epoch; {@link Element#NO_EXPIRY} takes the time
     *     away
     * @return whether the key is there
     */
    public boolean putExpiry(long root, Item key, long unixMillis) {
        long hash = key.hash(k0, k1);
        locate(root, hash);
        int found = look(hash, key);
        if (found == Bucket.NONE) {
            return false;
        }
        beforeChange(root, hash);
        int newBytes = unixMillis == Element.NO_EXPIRY ? 0 : Element.TIME_BYTES;
        bucket = room.open(root, segment, slot, newBytes, 0);
        long at = value(bucket + Bucket.offset(found));
        int oldBytes = Element.isTimed(at) ? Element.TIME_BYTES : 0;
        forgetTime(root, at);
        Bucket.resize(bucket, (int) (at - bucket), oldBytes, newBytes);
        if (newBytes > 0) {
            Element.putTime(at, unixMillis);
        }
        noteTime(root, unixMillis);
        room.trim(root, segment, slot);
        return true;
    }

    /** When the value at a position ends; {@link Element#NO_EXPIRY} for never. */
    public long expiryMillis(long position) {
        return Element.expiryMillis(value(position));
    }

    /**
     * The position of a key whose value has ended, the next in the order of hashes. Where nothing
     * has ended this takes next to no time, however many pairs there are.
     *
     * @param cursor where to begin: 0, or what {@link #cursor} said about a position found here
     *     whose pair has been removed since
     * @param nowMillis milliseconds since the Unix epoch; values whose time lies at or before it
     *     have ended
     * @return 0 when there are no more
     */
    public long nextExpired(long root, long cursor, long nowMillis) {
        return Expiries.next(root, cursor, nowMillis);
    }

    private static void forgetTime(long root, long element) {
        if (Element.isTimed(element)) {
            Root.addTimed(root, -1);
        }
    }

    private void noteTime(long root, long unixMillis) {
        if (unixMillis != Element.NO_EXPIRY) {
            Root.addTimed(root, 1);
            if (unixMillis < Segment.earliestMillis(segment)) {
                Segment.earliestMillis(segment, unixMillis);
            }
        }
    }

    // ---- all of them ----

    /**
     * Visits the elements of the next bucket. A key that is there during a whole scan is visited at
     * least once, whatever else is added or removed between two calls; some may be visited twice.
     *
     * @param cursor 0 to begin, then what the last call returned: an unsigned position in the order
     *     of hashes
     * @return where to go on; 0 when everything has been visited
     */
    public long scan(long root, long cursor, DictVisitor visitor) {
        locate(root, cursor);
        int span = Segment.span(segment, slot);
        int depth = Segment.bucketDepth(segment, span);
        visit(bucket, visitor);
        // The first hash behind the bucket's range; 0 behind the last one.
        return depth == 0 ? 0 : ((cursor >>> (64 - depth)) + 1) << (64 - depth);
    }

    /** Where a scan has come to, or would, when it is at a position. */
    public long cursor(long position) {
        return Item.hash(position, k0, k1);
    }

    /** Visits all elements; the dictionary must not change meanwhile. */
    public void forEach(long root, DictVisitor visitor) {
        long cursor = 0;
        do {
            cursor = scan(root, cursor, visitor);
        } while (cursor != 0);
    }

    private void visit(long visited, DictVisitor visitor) {
        int count = visited == 0 ? 0 : Bucket.count(visited);
        long at = visited + Bucket.HEADER_BYTES;
        for (int left = count; left > 0; left--) {
            visitor.visit(at);
            at = Bucket.skip(at, stride);
        }
    }

    /**
     * The position of an element at random, each with the same chance.
     *
     * @return 0 when there is none
     */
    public long random(long root, RandomGenerator random) {
        return Chance.pick(root, stride, random);
    }
}
