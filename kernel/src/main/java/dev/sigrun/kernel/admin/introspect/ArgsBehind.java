// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Objects;

/**
 * A command that stands among the arguments of another. Lent as those are. Owner thread only.
 *
 * @param outer the arguments of the other command
 * @param shift where the inner command begins
 */
public record ArgsBehind(Args outer, int shift) implements Args {
    @Override
    public int count() {
        return outer.count() - shift;
    }

    private int at(int index) {
        return Objects.checkIndex(index, count()) + shift;
    }

    @Override
    public Bytes bytes(int index) {
        return outer.bytes(at(index));
    }

    @Override
    public boolean is(int index, String word) {
        return outer.is(at(index), word);
    }

    @Override
    public long longAt(int index) throws CommandException {
        return outer.longAt(at(index));
    }

    @Override
    public long longAt(int index, long min, long max, CommandException error)
            throws CommandException {
        return outer.longAt(at(index), min, max, error);
    }

    @Override
    public double doubleAt(int index) throws CommandException {
        return outer.doubleAt(at(index));
    }
}
