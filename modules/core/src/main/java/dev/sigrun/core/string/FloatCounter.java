// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import java.nio.charset.StandardCharsets;

/**
 * INCRBYFLOAT. It replicates as the SET of its result, so that no replica has to arrive at the same
 * digits by itself. Owner thread only.
 *
 * <p>Deviation: a result without a fraction is stored as any such string is, that is in the integer
 * form, whereas Valkey keeps it as text until it is set anew; only OBJECT ENCODING tells.
 */
final class FloatCounter {
    private static final CommandException NOT_FINITE =
            CommandException.of("increment would produce NaN or Infinity");
    private static final Bytes KEEPTTL = Bytes.constant("KEEPTTL");

    private FloatCounter() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("INCRBYFLOAT", 3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                FloatCounter::incrbyfloat);
    }

    private static void incrbyfloat(CommandContext context) throws CommandException {
        Key key = context.write(1);
        Bytes content = key.string();
        ExtendedFloat value =
                content == null ? ExtendedFloat.ZERO : ExtendedFloatParser.parse(content);
        ExtendedFloat increment = ExtendedFloatParser.parse(context.args().bytes(2));
        ExtendedFloat sum = value.plus(increment);
        if (!sum.isFinite()) {
            throw NOT_FINITE;
        }
        byte[] digits = sum.toString().getBytes(StandardCharsets.US_ASCII);
        key.setString(digits, true);
        key.notify(NotifyClass.STRING, "incrbyfloat");
        context.replication()
                .instead()
                .command("SET", 3)
                .arg(context.args().bytes(1))
                .arg(digits)
                .arg(KEEPTTL);
        context.reply().bulk(digits);
    }
}
