// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Memory;

/**
 * Owner thread only. A few {@link Element}s one after the other, in the order in which they were
 * added: a small set (stride 1) or a small hash or sorted set (stride 2: field, value, field,
 * value). Two bytes for the number of elements, and then the elements, nothing else.
 *
 * <p>The memory is the caller's, who knows its length. An edit that makes the roll longer needs the
 * room beforehand, and one that makes it shorter leaves some behind; each returns the length after
 * it. So an addition is, for a roll that fills a cell,
 *
 * <pre>
 *   int bytes = cell.length();
 *   cell.resize(bytes + item.encodedBytes());
 *   Roll.insert(cell.address(), bytes, bytes, item);
 * </pre>
 *
 * <p>Elements are named by their offset from the roll's beginning, which stays right when the roll
 * moves; 0 is no element. Everything is found by walking, so a roll is meant for some hundred
 * elements or some KiB. An item must not stand on the roll that is edited with it.
 */
public final class Roll {
    /** Bytes before the first element, and of a roll without any. */
    public static final int HEADER_BYTES = 2;

    /** The most elements that a roll can count. */
    public static final int COUNT_MAX = 0xffff;

    private Roll() {}

    /** Writes an empty roll, {@link #HEADER_BYTES} long. */
    public static void create(long roll) {
        Memory.putShort(roll, (short) 0);
    }

    /** Number of elements. */
    public static int count(long roll) {
        return Memory.getShort(roll) & 0xffff;
    }

    /** The offset behind the element at an offset: that of the next one, or the roll's length. */
    public static int next(long roll, int at) {
        return at + Element.size(roll + at);
    }

    /** The offset of the element with an index, which must be there. */
    public static int seek(long roll, int index) {
        long at = roll + HEADER_BYTES;
        for (int left = index; left > 0; left--) {
            at += Element.size(at);
        }
        return (int) (at - roll);
    }

    /**
     * Finds an element.
     *
     * @param bytes length of the roll
     * @param stride 1 to look at every element, 2 for every other, the first among them
     * @return its offset; 0 when there is none with this content
     */
    public static int find(long roll, int bytes, int stride, Item item) {
        long end = roll + bytes;
        long at = roll + HEADER_BYTES;
        while (at < end) {
            if (item.matches(at)) {
                return (int) (at - roll);
            }
            for (int skip = 0; skip < stride; skip++) {
                at += Element.size(at);
            }
        }
        return 0;
    }

    /**
     * Adds an element, for which there must be {@link Item#encodedBytes} of room behind the roll.
     *
     * @param bytes length of the roll
     * @param at offset that the element will have: that of the one it goes before, or the length
     * @return length of the roll now
     */
    public static int insert(long roll, int bytes, int at, Item item) {
        int more = item.encodedBytes();
        Memory.copy(roll + at, roll + at + more, bytes - at);
        item.write(roll + at);
        count(roll, count(roll) + 1);
        return bytes + more;
    }

    /** How much longer the roll gets by {@link #replace}; negative when it gets shorter. */
    public static int growth(long roll, int at, Item item) {
        return item.encodedBytes() - Element.size(roll + at);
    }

    /**
     * Puts another element into an element's place; {@link #growth} says how much room is needed.
     *
     * @param bytes length of the roll
     * @return length of the roll now
     */
    public static int replace(long roll, int bytes, int at, Item item) {
        int more = growth(roll, at, item);
        int behind = next(roll, at);
        if (more != 0) {
            Memory.copy(roll + behind, roll + behind + more, bytes - behind);
        }
        item.write(roll + at);
        return bytes + more;
    }

    /**
     * Removes elements that follow each other.
     *
     * @param bytes length of the roll
     * @param at offset of the first of them
     * @param elements how many
     * @return length of the roll now
     */
    public static int remove(long roll, int bytes, int at, int elements) {
        int behind = at;
        for (int left = elements; left > 0; left--) {
            behind = next(roll, behind);
        }
        Memory.copy(roll + behind, roll + at, bytes - behind);
        count(roll, count(roll) - elements);
        return bytes - (behind - at);
    }

    private static void count(long roll, int count) {
        assert count >= 0 && count <= COUNT_MAX : "A roll cannot count to " + count + ".";
        Memory.putShort(roll, (short) count);
    }
}
