// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.List;

/** Arguments from a list of texts, one byte a character. */
final class FakeArgs implements Args {
    private final List<Bytes> views;

    FakeArgs(List<String> words) {
        views = words.stream().map(FakeBytes::of).toList();
    }

    static FakeArgs of(String... words) {
        return new FakeArgs(List.of(words));
    }

    @Override
    public int count() {
        return views.size();
    }

    @Override
    public Bytes bytes(int index) {
        return views.get(index);
    }

    @Override
    public boolean is(int index, String word) {
        return bytes(index).is(word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        String text = bytes(index).text();
        if (!text.matches("0|-?[1-9][0-9]*")) {
            throw CommandException.NOT_AN_INTEGER;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CommandException.NOT_AN_INTEGER;
        }
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double doubleAt(int index) {
        throw new UnsupportedOperationException();
    }
}
