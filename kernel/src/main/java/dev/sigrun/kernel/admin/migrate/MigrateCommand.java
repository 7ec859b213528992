// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * MIGRATE host port key|"" destination-db timeout [COPY] [REPLACE] [AUTH password | AUTH2 user
 * password] [KEYS key ...]. Owner thread only.
 *
 * <p>Deviation: the server goes on serving while keys are on their way. Clients that want to change
 * one of them wait; the others notice nothing. Because the client that migrates has to wait, too,
 * the command is refused where nobody may be made to.
 */
public final class MigrateCommand {
    private static final CommandException MUST_WAIT =
            CommandException.of(
                    "MIGRATE has to wait for the target instance, which is not possible here");

    private final AdminContext admin;
    private final Transfers transfers;

    /**
     * The command.
     *
     * @param links opens the connections to targets
     */
    public MigrateCommand(AdminContext admin, Links links) {
        this.admin = admin;
        this.transfers = new Transfers(admin, links);
    }

    /** Adds the command to the table. */
    public void register() {
        CommandSpec spec =
                CommandSpec.command("migrate", -MigrateOptions.OPTIONS)
                        .flags(CommandFlag.WRITE)
                        .categories("keyspace", "dangerous")
                        .tips("nondeterministic_output")
                        .key(KeySpec.at(MigrateOptions.KEY, Use.RW, Use.ACCESS, Use.DELETE))
                        .key(
                                KeySpec.keyword(
                                        "KEYS",
                                        -2,
                                        -1,
                                        1,
                                        0,
                                        Use.RW,
                                        Use.ACCESS,
                                        Use.DELETE,
                                        Use.INCOMPLETE))
                        .finder(new MigrateKeys())
                        .docs("dev/sigrun/kernel/command/migrate.json")
                        .build();
        admin.registry().add(Registry.KERNEL, spec, this::migrate);
    }

    private void migrate(CommandContext context) throws CommandException {
        MigrateOptions options = MigrateOptions.parse(context.args());
        List<byte[]> keys = present(context, options);
        if (keys.isEmpty()) {
            context.reply().simple("NOKEY");
            return;
        }
        if (!context.mayBlock()) {
            throw MUST_WAIT;
        }
        transfers.begin(((Execution) context).session(), options, keys);
    }

    /** The keys that are there, each once. */
    private static List<byte[]> present(CommandContext context, MigrateOptions options) {
        Set<ByteBuffer> seen = new HashSet<>();
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < options.keyCount(); i++) {
            int index = options.firstKey() + i;
            if (context.read(index).isPresent()) {
                byte[] name = context.args().bytes(index).copy();
                if (seen.add(ByteBuffer.wrap(name))) {
                    keys.add(name);
                }
            }
        }
        return keys;
    }
}
