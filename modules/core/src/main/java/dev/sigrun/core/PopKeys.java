// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;
import java.util.stream.IntStream;

/**
 * The keys that a command takes elements from: the first one that has some, and where it may wait,
 * the first one that gets some. Owner thread only; one object serves all commands of a type.
 */
public final class PopKeys {
    private static final CommandException NUMKEYS =
            CommandException.of("numkeys should be greater than 0");
    private static final CommandException COUNT =
            CommandException.of("count should be greater than 0");

    private final DataType<Cell> type;
    private int first;
    private int last;
    private long count;

    /**
     * Makes the keys of commands on one type.
     *
     * @param type what the keys hold
     */
    public PopKeys(DataType<Cell> type) {
        this.type = type;
    }

    /** Names the keys by the positions of the first and the last. */
    public void range(int firstKey, int lastKey) {
        first = firstKey;
        last = lastKey;
    }

    /**
     * Reads {@code numkeys}, which the keys follow, and after them a word that says which end.
     *
     * @param numkeysIndex position of the number
     * @return position of that word
     * @throws CommandException when there are not so many keys
     */
    public int parseNumkeys(Args args, int numkeysIndex) throws CommandException {
        long numkeys = args.longAt(numkeysIndex, 1, Long.MAX_VALUE, NUMKEYS);
        if (numkeys >= args.count() - numkeysIndex - 1) {
            throw CommandException.SYNTAX;
        }
        range(numkeysIndex + 1, numkeysIndex + (int) numkeys);
        return last + 1;
    }

    /**
     * Reads {@code COUNT}, which may come after the word behind the keys.
     *
     * @throws CommandException when something else does
     */
    public void parseCount(Args args) throws CommandException {
        count = 0;
        for (int at = last + 2; at < args.count(); at += 2) {
            if (count != 0 || at + 1 == args.count() || !args.is(at, "COUNT")) {
                throw CommandException.SYNTAX;
            }
            count = args.longAt(at + 1, 1, Long.MAX_VALUE, COUNT);
        }
        count = Math.max(1, count);
    }

    /** How many elements to take, at least 1. */
    public long count() {
        return count;
    }

    /**
     * Position of the first key that has elements; 0 when none has.
     *
     * @throws CommandException when a key before it holds something else
     */
    public int find(CommandContext context) throws CommandException {
        for (int index = first; index <= last; index++) {
            if (context.write(index).value(type) != null) {
                return index;
            }
        }
        return 0;
    }

    /**
     * Lets the client wait until one of the keys has elements.
     *
     * @param untilMillis milliseconds since the Unix epoch; 0 for no end
     */
    public void block(CommandContext context, long untilMillis) {
        int[] positions = IntStream.rangeClosed(first, last).toArray();
        context.block(Wait.keys(type, positions).until(untilMillis).build());
    }
}
