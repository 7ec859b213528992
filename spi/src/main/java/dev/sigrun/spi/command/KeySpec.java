// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a command has keys and what it does with them, in the two steps that Valkey's key
 * specifications have: find the first key, then find the rest from it.
 */
public final class KeySpec {
    /** What a command does with a key. More may be added, so switch with a default. */
    public enum Use {
        /** Reads the value and changes it. */
        RW,
        /** Only reads. */
        RO,
        /** Overwrites without reading. */
        OW,
        /** Removes. */
        RM,
        /** The user's data are read, copied or tested. */
        ACCESS,
        /** The user's data are changed. */
        UPDATE,
        /** User data are added, nothing is lost. */
        INSERT,
        /** User data are removed. */
        DELETE,
        /** The argument is not really a key but is routed like one. */
        NOT_KEY,
        /** Not all keys may be found. */
        INCOMPLETE,
        /** The use of the key depends on other arguments. */
        VARIABLE_FLAGS
    }

    private final Set<Use> uses;
    private final int beginIndex;
    private final String beginKeyword;
    private final int last;
    private final int step;
    private final int limit;
    private final int countIndex;
    private final boolean unknown;
    private final String notes;

    private KeySpec(
            Set<Use> uses,
            int beginIndex,
            String beginKeyword,
            int last,
            int step,
            int limit,
            int countIndex,
            boolean unknown,
            String notes) {
        this.uses = uses;
        this.beginIndex = beginIndex;
        this.beginKeyword = beginKeyword;
        this.last = last;
        this.step = step;
        this.limit = limit;
        this.countIndex = countIndex;
        this.unknown = unknown;
        this.notes = notes;
    }

    /**
     * One key at a fixed position.
     *
     * @param index position of the key; the command's name is at 0
     */
    public static KeySpec at(int index, Use first, Use... rest) {
        return range(index, 0, 1, first, rest);
    }

    /**
     * Keys at a fixed position and after it.
     *
     * @param index position of the first key
     * @param last position of the last key relative to the first, or, when negative, from the end
     *     (-1 is the last argument)
     * @param step distance between keys
     */
    public static KeySpec range(int index, int last, int step, Use first, Use... rest) {
        return new KeySpec(EnumSet.of(first, rest), index, null, last, step, 0, -1, false, null);
    }

    /**
     * Keys after a word.
     *
     * @param keyword the word that stands before the first key
     * @param from position to search from; negative from the end, searching backwards
     * @param last as in {@link #range}
     * @param step as in {@link #range}
     * @param limit when {@code last} is -1, the part of the remaining arguments that may be keys: 2
     *     for a half; 0 for all
     */
    public static KeySpec keyword(
            String keyword, int from, int last, int step, int limit, Use first, Use... rest) {
        return new KeySpec(
                EnumSet.of(first, rest), from, keyword, last, step, limit, -1, false, null);
    }

    /**
     * As many keys as an argument says.
     *
     * @param index position of the argument that holds the number of keys
     * @param firstKey position of the first key relative to {@code index}
     * @param step distance between keys
     */
    public static KeySpec counted(int index, int firstKey, int step, Use first, Use... rest) {
        return new KeySpec(EnumSet.of(first, rest), index, null, firstKey, step, 0, 0, false, null);
    }

    /** Keys that cannot be described; the command must be marked as having movable keys. */
    public static KeySpec unknown(Use first, Use... rest) {
        return new KeySpec(EnumSet.of(first, rest), 0, null, 0, 1, 0, -1, true, null);
    }

    /**
     * The same with a sentence for people who read the specification.
     *
     * @param text why the specification is as it is
     */
    public KeySpec withNotes(String text) {
        return new KeySpec(
                uses, beginIndex, beginKeyword, last, step, limit, countIndex, unknown, text);
    }

    /** What the command does with these keys. */
    public Set<Use> uses() {
        return uses;
    }

    /** Position where the search begins; the first key's position without a keyword. */
    public int beginIndex() {
        return beginIndex;
    }

    /** The word before the first key, or null. */
    public String beginKeyword() {
        return beginKeyword;
    }

    /** For a range the last key; for a counted one the first key relative to the count. */
    public int last() {
        return last;
    }

    /** Distance between keys. */
    public int step() {
        return step;
    }

    /** The part of the remaining arguments that may be keys; 0 for all. */
    public int limit() {
        return limit;
    }

    /** Whether an argument holds the number of keys. */
    public boolean isCounted() {
        return countIndex >= 0;
    }

    /** Whether the positions cannot be described. */
    public boolean isUnknown() {
        return unknown;
    }

    /** A sentence for people who read the specification, or null. */
    public String notes() {
        return notes;
    }
}
