// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.List;
import java.util.regex.Pattern;

/** The arguments of one command, from text of one byte a character. */
final class FakeArgs implements Args {
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,18}");

    private final List<String> words;

    FakeArgs(List<String> words) {
        this.words = words;
    }

    FakeArgs(String... words) {
        this(List.of(words));
    }

    /** Reads an integer as strictly as the server does. */
    static long parseLong(String text) throws CommandException {
        if (!INTEGER.matcher(text).matches()) {
            throw CommandException.NOT_AN_INTEGER;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CommandException.NOT_AN_INTEGER;
        }
    }

    @Override
    public int count() {
        return words.size();
    }

    @Override
    public Bytes bytes(int index) {
        return FakeBytes.of(words.get(index));
    }

    @Override
    public boolean is(int index, String word) {
        return words.get(index).equalsIgnoreCase(word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        return parseLong(words.get(index));
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        long value;
        try {
            value = longAt(index);
        } catch (CommandException e) {
            throw error;
        }
        if (value < min || value > max) {
            throw error;
        }
        return value;
    }

    @Override
    public double doubleAt(int index) {
        throw new UnsupportedOperationException();
    }
}
