// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.number.DoubleParser;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;

/** Doubles as clients write them: what Valkey reads, all of it, without blanks. */
final class FloatArguments {
    private FloatArguments() {}

    static double parse(Bytes argument) throws CommandException {
        DoubleParser parser = new DoubleParser();
        if (!parser.parse(argument.address(), argument.length())) {
            throw CommandException.NOT_A_FLOAT;
        }
        return parser.value();
    }
}
