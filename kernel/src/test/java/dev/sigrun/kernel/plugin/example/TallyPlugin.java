// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin.example;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;

/** {@code TALLY key} adds the configured step to a counter and answers the new value. */
public final class TallyPlugin implements Plugin {
    private final ConfigParam<Long> step = ConfigParam.integer("step", 1, 1, 1_000_000);

    @Override
    public void register(Registrar registrar) {
        registrar.config(step);
        registrar.command(
                CommandSpec.command("TALLY", 2)
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                        .key(KeySpec.at(1, KeySpec.Use.RW, KeySpec.Use.ACCESS, KeySpec.Use.UPDATE))
                        .build(),
                this::tally);
    }

    private void tally(CommandContext context) throws CommandException {
        Key key = context.write(1);
        long before = key.integer(0);
        if (before > Long.MAX_VALUE - step.value()) {
            throw CommandException.OUT_OF_RANGE;
        }
        key.setInteger(before + step.value(), true);
        key.notify(NotifyClass.STRING, "tally");
        context.replication().instead().command("INCRBY", 2).arg(key.name()).arg(step.value());
        context.reply().integer(before + step.value());
    }
}
