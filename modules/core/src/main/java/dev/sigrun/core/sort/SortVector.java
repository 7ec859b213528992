// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.records.RecordOrder;
import dev.sigrun.core.records.Records;
import dev.sigrun.core.records.Texts;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.Decimal;

/**
 * The elements that are sorted, each with its weight. Owner thread only; one object serves all
 * commands, from {@link #open} to {@link #close}.
 *
 * <p>A record is the weight, a double or the address of a text; the element's address; its length;
 * the length of the weight's text, -1 for none; and the element's number. Elements stay where they
 * are in the value, but the digits of integers, which stand nowhere, are written down.
 */
final class SortVector implements RecordOrder {
    private static final int ELEMENT_AT = 8;
    private static final int LENGTH_AT = 16;
    private static final int TEXT_LENGTH_AT = 20;
    private static final int NUMBER_AT = 24;
    private static final int NO_TEXT = -1;

    /** What is compared. */
    private enum Order {
        NUMBERS,
        TEXTS,
        ELEMENTS
    }

    private final Records records;
    private final Texts texts;
    private Order order = Order.NUMBERS;
    private boolean descending;

    SortVector(CoreMemory memory) {
        this.records = new Records(memory);
        this.texts = new Texts(memory);
    }

    /** Begins with no elements. */
    void open() {
        records.open();
    }

    /** Forgets everything. */
    void close() {
        records.close();
        texts.close();
    }

    int size() {
        return records.size();
    }

    /** Adds an element, which is to stay where it is. */
    void add(long element, int length) {
        int number = records.size();
        long record = records.add();
        Memory.putDouble(record, 0);
        Memory.putLong(record + ELEMENT_AT, element);
        Memory.putInt(record + LENGTH_AT, length);
        Memory.putInt(record + TEXT_LENGTH_AT, NO_TEXT);
        Memory.putInt(record + NUMBER_AT, number);
    }

    /** Adds an element that is an integer. */
    void add(long integer) {
        int length = Decimal.length(integer);
        long digits = texts.room(length);
        Decimal.write(integer, digits);
        add(digits, length);
    }

    /** Address of an element's first byte. */
    long element(int index) {
        return element(records.at(index));
    }

    private static long element(long record) {
        return Memory.getLong(record + ELEMENT_AT);
    }

    /** Number of an element's bytes. */
    int length(int index) {
        return length(records.at(index));
    }

    private static int length(long record) {
        return Memory.getInt(record + LENGTH_AT);
    }

    /** Gives an element a number as weight; it has 0 otherwise. */
    void weigh(int index, double weight) {
        Memory.putDouble(records.at(index), weight);
    }

    /** Gives an element a copy of a text as weight; it has none otherwise. */
    void weigh(int index, long text, int length) {
        Memory.putLong(records.at(index), texts.add(text, length));
        Memory.putInt(records.at(index) + TEXT_LENGTH_AT, length);
    }

    /**
     * Sorts as was asked for, and keeps as many of the first elements as are wanted.
     *
     * @param wanted how many to keep at most
     */
    void sort(SortOptions options, int wanted) {
        descending = options.isDescending();
        if (!options.isAlphabetic()) {
            order = Order.NUMBERS;
        } else {
            order = options.isWeighted() ? Order.TEXTS : Order.ELEMENTS;
        }
        records.sort(this, wanted);
    }

    /**
     * The order of two elements. Those of one number are in the order of their bytes; those with
     * one text stay in the order in which they were collected.
     */
    @Override
    public int compare(long a, long b) {
        int result =
                switch (order) {
                    case NUMBERS -> compareNumbers(a, b);
                    case TEXTS -> compareTexts(a, b);
                    case ELEMENTS -> compareElements(a, b);
                };
        if (result == 0) {
            return Integer.compare(Memory.getInt(a + NUMBER_AT), Memory.getInt(b + NUMBER_AT));
        }
        return descending ? -result : result;
    }

    private static int compareNumbers(long a, long b) {
        double first = Memory.getDouble(a);
        double second = Memory.getDouble(b);
        if (first > second) {
            return 1;
        }
        return first < second ? -1 : compareElements(a, b);
    }

    private static int compareElements(long a, long b) {
        return Memory.compare(element(a), length(a), element(b), length(b));
    }

    /** No text at all comes first. */
    private static int compareTexts(long a, long b) {
        int first = Memory.getInt(a + TEXT_LENGTH_AT);
        int second = Memory.getInt(b + TEXT_LENGTH_AT);
        if (first == NO_TEXT || second == NO_TEXT) {
            return Boolean.compare(first != NO_TEXT, second != NO_TEXT);
        }
        return Memory.compare(Memory.getLong(a), first, Memory.getLong(b), second);
    }
}
