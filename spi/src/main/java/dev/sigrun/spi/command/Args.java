// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.ForKernel;

/**
 * The arguments of one command, the command's name at 0. Views are lent until the handler returns;
 * reading allocates nothing.
 */
@ForKernel
public interface Args {
    /** Number of arguments with the name; for a sub-command the container's name counts too. */
    int count();

    /**
     * The argument at {@code index}.
     *
     * @throws IndexOutOfBoundsException when there is no such argument
     */
    Bytes bytes(int index);

    /** Whether an argument is {@code word}, without regard to case. */
    boolean is(int index, String word);

    /**
     * An argument as a signed 64-bit integer.
     *
     * @throws CommandException {@link CommandException#NOT_AN_INTEGER}
     */
    long longAt(int index) throws CommandException;

    /**
     * An argument as an integer between bounds.
     *
     * @param error thrown when it is no integer or outside of the bounds
     */
    long longAt(int index, long min, long max, CommandException error) throws CommandException;

    /**
     * An argument as a finite or infinite double.
     *
     * @throws CommandException {@link CommandException#NOT_A_FLOAT}, also for NaN
     */
    double doubleAt(int index) throws CommandException;
}
