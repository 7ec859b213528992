// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import java.util.Map;

/**
 * Collects the elements of a value, weighs and sorts them. Owner thread only; one object serves all
 * commands, from {@link #run} to {@link #close}.
 */
final class Sorter {
    private static final CommandException NO_NUMBER =
            CommandException.of("One or more scores can't be converted into double");

    private static final String SET = "set";

    private final Map<String, ElementSource> sources;
    private final SortOptions options = new SortOptions();
    private final SortVector vector;
    private final PatternLookup lookup;
    private final SubstitutePattern getPattern = new SubstitutePattern();
    private final DoubleParser parser = new DoubleParser();
    private int first;
    private int end;

    /**
     * Makes a sorter.
     *
     * @param sources where elements come from, by the names of the types
     */
    Sorter(CoreMemory memory, PatternLookup lookup, Map<String, ElementSource> sources) {
        this.sources = Map.copyOf(sources);
        this.vector = new SortVector(memory);
        this.lookup = lookup;
    }

    SortOptions options() {
        return options;
    }

    /** The elements; those from {@link #first} to {@link #end} are the result. */
    SortVector vector() {
        return vector;
    }

    /** What {@link #get} has found. */
    PatternLookup lookup() {
        return lookup;
    }

    int first() {
        return first;
    }

    int end() {
        return end;
    }

    /** Number of results, of which every element has one or as many as there are patterns. */
    long outputs() {
        return (long) (end - first) * Math.max(1, options.getCount());
    }

    /**
     * Sorts the key at 1 as the options say.
     *
     * @throws CommandException when it holds something that has no elements, or a weight is none
     */
    void run(CommandContext context) throws CommandException {
        Key key = context.read(1);
        first = 0;
        end = 0;
        vector.open();
        if (!key.isPresent()) {
            return;
        }
        String type = key.typeName();
        ElementSource source = sources.get(type);
        if (source == null) {
            throw CommandException.WRONG_TYPE;
        }
        // What is stored, or what a script sees, is to be the same everywhere, and a set has no
        // order.
        boolean isForAll = options.target() > 0 || context.client().isInScript();
        if (options.isUnsorted() && isForAll && type.equals(SET)) {
            options.sortByBytes();
        }
        long size = source.open(key);
        long passed = options.first(size);
        long wanted = options.wanted(size);
        if (options.isUnsorted()) {
            if (wanted > 0) {
                source.collect(vector, passed, wanted, options.isDescending());
            }
        } else {
            source.collect(vector);
            weigh(context);
            vector.sort(options, Math.toIntExact(passed + wanted));
            first = (int) passed;
        }
        end = vector.size();
    }

    private void weigh(CommandContext context) throws CommandException {
        if (options.isAlphabetic() && !options.isWeighted()) {
            return;
        }
        for (int i = 0; i < vector.size(); i++) {
            long text = vector.element(i);
            int length = vector.length(i);
            if (options.isWeighted()) {
                if (!lookup.find(context, options.weights(), text, length)) {
                    continue;
                }
                text = lookup.address();
                length = lookup.length();
            }
            if (options.isAlphabetic()) {
                vector.weigh(i, text, length);
            } else {
                vector.weigh(i, number(text, length));
            }
        }
    }

    private double number(long text, int length) throws CommandException {
        if (!parser.parse(text, length)) {
            // A text ends before a zero byte, as C sees it.
            int end = parser.end();
            boolean zeroByte = end > 0 && end < length && Memory.getByte(text + end) == 0;
            if (!zeroByte || !parser.parse(text, end)) {
                throw NO_NUMBER;
            }
        }
        return parser.value();
    }

    /**
     * Looks up what a pattern of GET means for an element.
     *
     * @param element the element's index
     * @param pattern the pattern's index
     */
    boolean get(CommandContext context, int element, int pattern) throws CommandException {
        getPattern.over(context.args().bytes(options.get(pattern)));
        return lookup.find(context, getPattern, vector.element(element), vector.length(element));
    }

    /** Forgets everything. */
    void close() {
        vector.close();
        lookup.close();
    }
}
