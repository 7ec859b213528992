// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.testkit.TextBytes;
import java.util.ArrayList;
import java.util.List;

/** The fields and values of an entry. */
record Fields(List<Bytes> words) implements Args {
    static Fields of(String... words) {
        List<Bytes> bytes = new ArrayList<>();
        for (String word : words) {
            bytes.add(TextBytes.of(word));
        }
        return new Fields(bytes);
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
        throw CommandException.NOT_AN_INTEGER;
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        throw error;
    }

    @Override
    public double doubleAt(int index) throws CommandException {
        throw CommandException.NOT_A_FLOAT;
    }
}
