// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.ProcFiles;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.admin.InfoSection;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code INFO}: writes the sections that are asked for, in Valkey's order. Owner thread only. */
public final class InfoCommand {
    private static final Logger LOG = LoggerFactory.getLogger(InfoCommand.class);

    private final AdminContext context;
    private final Pulse pulse;
    private final SmallSections small;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final InfoText text = new InfoText();

    /** A command that reaches the real machine. */
    public InfoCommand(AdminContext context) {
        this(context, new ProcFiles());
    }

    /** A command that reaches the machine that a test brings. */
    public InfoCommand(AdminContext context, ProcessStatus process) {
        this.context = context;
        ClientUsage usage = new ClientUsage(context.sessions());
        this.pulse = new Pulse(context, usage);
        this.small = new SmallSections(context);
        CommandSections commands = new CommandSections(context);
        sections.put("server", new ServerSection(context, process));
        sections.put("tls", small::tls);
        sections.put("clients", new ClientsSection(context, usage));
        sections.put("memory", new MemorySection(context, process, usage));
        sections.put("persistence", new PersistenceSection(context));
        sections.put("stats", new StatsSection(context, pulse));
        sections.put("replication", new ReplicationSection(context));
        sections.put("cpu", new CpuSection(context, process, pulse));
        sections.put("module_list", small::modules);
        sections.put("commandstats", commands::statistics);
        sections.put("errorstats", commands::errors);
        sections.put("latencystats", commands::latencies);
        sections.put("cluster", small::cluster);
        sections.put("cluster_info", small::clusterInfo);
        sections.put("scriptingengines", small::scriptingEngines);
        sections.put("keyspace", small::keyspace);
    }

    /** Registers the command and begins to look at the server from time to time. */
    public void register() {
        context.stats().memoryStartupBytes = context.store().usedBytes();
        context.owner().every(Pulse.PERIOD_MILLIS, pulse::beat);
        context.registry()
                .add(
                        Registry.KERNEL,
                        CommandSpec.command("info", -1)
                                .flags(CommandFlag.LOADING, CommandFlag.STALE)
                                .categories("dangerous")
                                .tips(
                                        "nondeterministic_output",
                                        "request_policy:all_shards",
                                        "response_policy:special")
                                .docs("/dev/sigrun/kernel/command/kernel.json")
                                .build(),
                        this::info);
    }

    /** The text with all sections, of plugins as well. */
    public String everything() {
        text.clear();
        write(Wanted.EVERYTHING);
        return text.toString();
    }

    private void info(CommandContext command) {
        text.clear();
        write(Wanted.of(command.args()));
        command.reply().verbatim("txt", text.toString());
    }

    private void write(Wanted wanted) {
        sections.forEach((name, section) -> {
            boolean alias = name.equals("module_list") && wanted.names("modules");
            if (wanted.has(name) || alias) {
                section.write(text);
            }
        });
        context.infoSections()
                .forEach((name, section) -> {
                    if (wanted.hasPlugin(name)) {
                        writePlugin(name, section);
                    }
                });
        if (wanted.names("debug")) {
            small.debug(text);
        }
    }

    /** A plugin that fails here costs its own section and nothing else. */
    private void writePlugin(String name, InfoSection section) {
        int before = text.length();
        try {
            text.section(name);
            section.write(text);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError fault) {
            text.truncate(before);
            LOG.error("A plugin failed to write the section '{}' of INFO", name, fault);
        }
    }
}
