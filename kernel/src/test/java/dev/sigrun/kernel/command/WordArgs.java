// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.List;

/** Arguments from words. */
public record WordArgs(List<Bytes> words) implements Args {
    /** The words of a line, which blanks separate. */
    public static WordArgs of(String line) {
        return new WordArgs(List.of(line.split(" ")).stream().map(Bytes::constant).toList());
    }

    @Override
    public int count() {
        return words.size();
    }

    @Override
    public Bytes bytes(int index) {
        return words.get(index);
    }

    @Override
    public boolean is(int index, String word) {
        return words.get(index).is(word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        return longAt(index, Long.MIN_VALUE, Long.MAX_VALUE, CommandException.NOT_AN_INTEGER);
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        try {
            long value = Long.parseLong(words.get(index).text());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw error;
        }
        throw error;
    }

    @Override
    public double doubleAt(int index) throws CommandException {
        return FloatArguments.parse(words.get(index));
    }
}
