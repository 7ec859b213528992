// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictIterator;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.dict.Roll;
import dev.sigrun.spi.type.Cell;
import java.util.random.RandomGenerator;

/**
 * A hash at hand: a flyweight over a cell. The cell is one byte, {@link #SMALL} or {@link #LARGE},
 * and then a roll of fields and values in turn, or the root of a dictionary. Fields and values are
 * named by the addresses of their {@link Element}s, which hold until the hash changes; 0 is none.
 * Owner thread only.
 */
final class HashValue {
    /** The first byte of a roll. */
    static final byte SMALL = 0;

    /** The first byte of a dictionary. */
    static final byte LARGE = 1;

    /** Bytes of an empty hash. */
    static final int EMPTY_BYTES = 1 + Roll.HEADER_BYTES;

    /** Bytes of the cell of a large hash. */
    static final int LARGE_BYTES = 1 + Dict.ROOT_BYTES;

    private static final int HEAD = 1;
    private static final int PAIR = 2;

    private final Dict dict;
    private final DictIterator iterator = new DictIterator(PAIR);
    private final Item movedField = new Item();
    private final Item movedValue = new Item();
    private final CoreMemory memory;
    private Cell cell;
    private long nowMillis;
    private int rollAt;
    private long field;

    HashValue(CoreMemory memory, Dict dict) {
        this.memory = memory;
        this.dict = dict;
    }

    /**
     * Stands on a hash.
     *
     * @param now fields whose time lies before are not seen, in milliseconds since the Unix epoch;
     *     {@link Long#MIN_VALUE} to see all
     */
    HashValue over(Cell newCell, long now) {
        cell = newCell;
        nowMillis = now;
        return this;
    }

    /** Makes a cell of {@link #EMPTY_BYTES} an empty hash. */
    static void create(Cell cell) {
        Memory.putByte(cell.address(), SMALL);
        Roll.create(cell.address() + HEAD);
    }

    static boolean isLarge(Cell cell) {
        return Memory.getByte(cell.address()) == LARGE;
    }

    boolean isLarge() {
        return isLarge(cell);
    }

    long root() {
        return root(cell);
    }

    /** Where the dictionary of a large hash begins. */
    static long root(Cell large) {
        return large.address() + HEAD;
    }

    private int rollBytes() {
        return cell.length() - HEAD;
    }

    /** Number of fields, those past their time included. */
    long length() {
        return isLarge() ? dict.size(root()) : Roll.count(root()) / PAIR;
    }

    /** Whether any field has a time to live. */
    boolean hasTimes() {
        return isLarge() && dict.timed(root()) > 0;
    }

    // ---- looking up ----

    /** The value of a field that is seen, or 0. */
    long find(Item name) {
        long value = findAny(name);
        return value != 0 && isSeen(value) ? value : 0;
    }

    /** The value of a field, past its time or not, or 0. */
    long findAny(Item name) {
        long root = root();
        if (isLarge()) {
            long position = dict.find(root, name);
            return position == 0 ? 0 : dict.value(position);
        }
        int at = Roll.find(root, rollBytes(), PAIR, name);
        return at == 0 ? 0 : root + Roll.next(root, at);
    }

    private boolean isSeen(long value) {
        long expiryMillis = Element.expiryMillis(value);
        return expiryMillis == Element.NO_EXPIRY || expiryMillis >= nowMillis;
    }

    // ---- going through ----

    /** Begins to go through the fields; the hash must not change meanwhile. */
    void begin() {
        rollAt = Roll.HEADER_BYTES;
        if (isLarge()) {
            iterator.over(root());
        }
    }

    /** The next field that is seen, or 0 after the last one. */
    long next() {
        if (!isLarge()) {
            long root = root();
            if (rollAt >= rollBytes()) {
                return 0;
            }
            field = root + rollAt;
            rollAt = Roll.next(root, Roll.next(root, rollAt));
            return field;
        }
        do {
            field = iterator.next();
        } while (field != 0 && !isSeen(value()));
        return field;
    }

    /** The value of the field that {@link #next} gave last. */
    long value() {
        return field + Element.size(field);
    }

    /** The value of a field at a position. */
    static long valueOf(long position) {
        return position + Element.size(position);
    }

    /** A field at random, past its time or not; there must be one. */
    long random(RandomGenerator random) {
        if (isLarge()) {
            return dict.random(root(), random);
        }
        int index = random.nextInt(Roll.count(root()) / PAIR);
        return root() + Roll.seek(root(), index * PAIR);
    }

    /** Whether a field at a position is seen. */
    boolean isSeenAt(long position) {
        return isSeen(valueOf(position));
    }

    // ---- changing ----

    /**
     * Sets a field. The value's time is the item's.
     *
     * @return whether the field is new
     */
    boolean put(Item name, Item value) {
        return isLarge() ? dict.put(root(), name, value) : putSmall(name, value);
    }

    private boolean putSmall(Item name, Item value) {
        int bytes = rollBytes();
        int at = Roll.find(root(), bytes, PAIR, name);
        if (at == 0) {
            cell.resize(cell.length() + name.encodedBytes() + value.encodedBytes());
            int end = Roll.insert(root(), bytes, bytes, name);
            Roll.insert(root(), end, end, value);
            return true;
        }
        int valueAt = Roll.next(root(), at);
        int growth = Roll.growth(root(), valueAt, value);
        if (growth > 0) {
            cell.resize(cell.length() + growth);
        }
        Roll.replace(root(), bytes, valueAt, value);
        if (growth < 0) {
            cell.resize(cell.length() + growth);
        }
        return false;
    }

    /** Gives a field another time to live; the hash is large and the field there. */
    void putExpiry(Item name, long unixMillis) {
        dict.putExpiry(root(), name, unixMillis);
    }

    /**
     * Removes a field, past its time or not.
     *
     * @return whether it was there
     */
    boolean remove(Item name) {
        if (isLarge()) {
            return dict.remove(root(), name);
        }
        int bytes = rollBytes();
        int at = Roll.find(root(), bytes, PAIR, name);
        if (at == 0) {
            return false;
        }
        cell.resize(HEAD + Roll.remove(root(), bytes, at, PAIR));
        return true;
    }

    /** Makes a small hash a large one; when memory is short it stays small. */
    void enlarge() {
        if (isLarge()) {
            return;
        }
        long root = memory.allocate(Dict.ROOT_BYTES);
        try {
            dict.create(root);
            try {
                begin();
                for (long at = next(); at != 0; at = next()) {
                    dict.put(root, movedField.element(at), movedValue.element(value()));
                }
                cell.resize(LARGE_BYTES);
            } catch (RuntimeException | OutOfMemoryError e) {
                dict.free(root);
                throw e;
            }
            Memory.copy(root, root(), Dict.ROOT_BYTES);
            Memory.putByte(cell.address(), LARGE);
        } finally {
            memory.free(root, Dict.ROOT_BYTES);
        }
    }
}
