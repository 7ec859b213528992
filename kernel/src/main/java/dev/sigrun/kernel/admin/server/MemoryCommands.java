// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.info.MemoryReport;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.memory.Allocator;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Access;

/** {@code MEMORY}: what keys and the server take. Owner thread only. */
final class MemoryCommands {
    private static final int SAMPLES_DEFAULT = 5;

    private final AdminContext context;
    private final ProcessStatus process;

    MemoryCommands(AdminContext context, ProcessStatus process) {
        this.context = context;
        this.process = process;
    }

    void register(Declaring declaring) {
        declaring
                .container("memory")
                .add(
                        CommandSpec.command("usage", -3)
                                .flags(CommandFlag.READONLY)
                                .key(KeySpec.at(2, KeySpec.Use.RO)),
                        MemoryCommands::usage)
                .add(special("stats"), this::stats)
                .add(special("doctor"), this::doctor)
                .add(special("malloc-stats").flags(CommandFlag.LOADING), this::allocatorStats)
                .add(
                        CommandSpec.command("purge", 2)
                                .flags(CommandFlag.LOADING)
                                .tips("request_policy:all_shards", "response_policy:all_succeeded"),
                        this::purge)
                .help(
                        new String[0],
                        "DOCTOR",
                        "    Look for what is unusual about the server's memory.",
                        "MALLOC-STATS",
                        "    Show what the allocator of memory off the heap has.",
                        "PURGE",
                        "    Give free memory back to the operating system.",
                        "STATS",
                        "    Show what the server's memory is used for.",
                        "USAGE <key> [SAMPLES <count>]",
                        "    Show the bytes that a key takes. Of a large value so many elements",
                        "    are looked at: 5 unless told, all with 0.");
    }

    private static CommandSpec.Builder special(String name) {
        return CommandSpec.command(name, 2)
                .tips(
                        "nondeterministic_output",
                        "request_policy:all_shards",
                        "response_policy:special");
    }

    private static void usage(CommandContext command) throws CommandException {
        Args args = command.args();
        long samples = SAMPLES_DEFAULT;
        for (int i = 3; i < args.count(); i += 2) {
            if (!args.is(i, "samples") || i + 1 == args.count()) {
                throw CommandException.SYNTAX;
            }
            samples = args.longAt(i + 1);
            if (samples < 0) {
                throw CommandException.SYNTAX;
            }
        }
        StoredKey key =
                ((Execution) command)
                        .stored(
                                command.client().db(),
                                args.bytes(2),
                                Access.NO_TOUCH | Access.NO_STATS | Access.EXPIRED_TOO);
        if (key.isPresent()) {
            int limited = (int) Math.min(samples, Integer.MAX_VALUE);
            command.reply().integer(key.facts().memoryUsage(limited));
        } else {
            command.reply().nil();
        }
    }

    private void stats(CommandContext command) {
        long aofBufferBytes = context.aof().figures().bufferBytes();
        new MemoryStats(command.reply(), MemoryReport.of(context, process), aofBufferBytes)
                .write(context.store());
    }

    private void doctor(CommandContext command) {
        MemoryReport report = MemoryReport.of(context, process);
        command.reply().verbatim("txt", MemoryDoctor.examine(report, context.sessions().size()));
    }

    private void allocatorStats(CommandContext command) {
        Allocator allocator = context.store().allocator();
        Runtime java = Runtime.getRuntime();
        String text =
                "Memory off the Java heap\n allocated: "
                        + allocator.usedBytes()
                        + "\n committed: "
                        + allocator.committedBytes()
                        + "\n ceiling: "
                        + allocator.ceilingBytes()
                        + "\nJava heap\n used: "
                        + (java.totalMemory() - java.freeMemory())
                        + "\n committed: "
                        + java.totalMemory()
                        + "\n ceiling: "
                        + java.maxMemory()
                        + "\n";
        command.reply().verbatim("txt", text);
    }

    private void purge(CommandContext command) {
        context.store().allocator().trim();
        command.reply().ok();
    }
}
