// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.DebugAction;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.plugin.Declaration;
import dev.sigrun.kernel.plugin.PluginSink;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.store.PluginMemory;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredType;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.RdbCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts what plugins declare into the kernel, and takes it out again. Owner thread only. */
final class KernelSink implements PluginSink {
    private final AdminContext context;
    private final Registry registry;
    private final Store store;
    private final PluginParameters parameters;
    private final Map<String, PluginMemory> memories = new HashMap<>();

    KernelSink(AdminContext context) {
        this.context = context;
        this.registry = context.registry();
        this.store = context.store();
        this.parameters = new PluginParameters(context.config());
    }

    @Override
    public List<String> conflicts(Declaration declaration) {
        List<String> problems = new ArrayList<>();
        for (Declaration.Command command : declaration.commands()) {
            String name = command.spec().name();
            if (registry.command(name) != null || registry.table().find(name) != null) {
                problems.add("the command '" + command.spec().name() + "' exists already");
            }
            checkCategories(declaration, command.spec(), problems);
            for (Declaration.Command sub : declaration.subcommands(command.spec().name())) {
                checkCategories(declaration, sub.spec(), problems);
            }
        }
        for (DataType<?> type : declaration.types()) {
            for (RdbCodec<?> codec : type.spec().codecs()) {
                if (store.types().reader(codec.wireName()) != null) {
                    problems.add("the layout '" + codec.wireName() + "' is read by another plugin");
                }
            }
            if (type.spec().nativeCodec() != null) {
                checkLayouts(type.spec().nativeCodec(), problems);
            }
        }
        for (String category : declaration.categories()) {
            if (registry.categories().contains(category)) {
                problems.add("the ACL category '" + category + "' exists already");
            }
        }
        for (Declaration.Section section : declaration.sections()) {
            if (context.infoSections().containsKey(section.name())) {
                problems.add("the INFO section '" + section.name() + "' exists already");
            }
        }
        for (Declaration.DebugAction action : declaration.debugActions()) {
            if (context.debugActions().containsKey(action.name())) {
                problems.add("the action '" + action.name() + "' of DEBUG exists already");
            }
        }
        for (ScriptEngine engine : declaration.scriptEngines()) {
            if (context.scripts().hasEngine(engine.name())) {
                problems.add("the script engine '" + engine.name() + "' exists already");
            }
        }
        parameters.conflicts(declaration, problems);
        return problems;
    }

    private void checkLayouts(NativeCodec<?> codec, List<String> problems) {
        for (int layout : codec.layoutsRead()) {
            if (!RdbFormat.isTypeOfPlugins(layout)) {
                problems.add("the layout " + layout + " is not one that a type may read");
            } else if (store.types().nativeReader(layout) != null) {
                problems.add("the layout " + layout + " is read by another plugin");
            }
        }
    }

    private void checkCategories(Declaration declaration, CommandSpec spec, List<String> problems) {
        for (String category : spec.categories()) {
            if (!registry.categories().contains(category)
                    && !declaration.categories().contains(category)) {
                problems.add(
                        "the command '"
                                + spec.name()
                                + "' names the ACL category '"
                                + category
                                + "', which nobody declares");
            }
        }
    }

    @Override
    public List<String> commit(Declaration declaration) {
        String id = declaration.id();
        // Parameters come first, since they alone can still fail.
        try {
            parameters.add(declaration);
        } catch (ConfigRejected refused) {
            return List.of(refused.getMessage());
        }
        PluginMemory memory = new PluginMemory(store.allocator());
        memories.put(id, memory);
        declaration.categories().forEach(registry::addCategory);
        registry.addResources(id, declaration::resource);
        for (DataType<?> type : declaration.types()) {
            store.types().add(type, memory);
        }
        for (Declaration.Command declared : declaration.commands()) {
            Command command = registry.add(id, declared.spec(), declared.handler());
            for (Declaration.Command sub : declaration.subcommands(declared.spec().name())) {
                registry.addSubcommand(id, command, sub.spec(), sub.handler());
            }
        }
        for (Declaration.Section section : declaration.sections()) {
            context.infoSections().put(section.name(), section.writer());
        }
        for (Declaration.DebugAction action : declaration.debugActions()) {
            int count = 2 + action.arguments();
            context.debugActions()
                    .put(action.name(), new DebugAction(count, count, action.handler()));
        }
        declaration.scriptEngines().forEach(context.scripts()::add);
        return List.of();
    }

    @Override
    public void withdraw(Declaration declaration) {
        declaration.scriptEngines().forEach(context.scripts()::remove);
        registry.removeAll(declaration.id());
        declaration.categories().forEach(registry::removeCategory);
        declaration.types().forEach(store::forget);
        declaration.sections().forEach(section -> context.infoSections().remove(section.name()));
        declaration.debugActions().forEach(action -> context.debugActions().remove(action.name()));
        parameters.remove(declaration);
        context.sessions().forget(declaration.id());
    }

    @Override
    public List<String> holds(Declaration declaration) {
        List<String> reasons = new ArrayList<>();
        long live = 0;
        for (DataType<?> type : declaration.types()) {
            StoredType stored = store.types().find(type);
            live += stored == null ? 0 : stored.liveValues();
        }
        if (live > 0) {
            reasons.add(
                    "the module exports one or more module-side data types, can't unload while "
                            + live
                            + (live == 1 ? " key holds" : " keys hold")
                            + " values of them");
        }
        if (context.sessions().waitIn(declaration.id())) {
            reasons.add(
                    "the module has blocked clients. Please wait for them to be unblocked and try"
                            + " again");
        }
        if (context.scripts().running().isRunning() && !declaration.scriptEngines().isEmpty()) {
            reasons.add("a script of the module runs. Please wait for it to end and try again");
        }
        return reasons;
    }

    @Override
    public PluginContext context(Declaration declaration) {
        return new KernelPluginContext(
                declaration.id(), memories.get(declaration.id()), context.clock(), store.random());
    }

    @Override
    public void started(Declaration declaration) {
        memories.get(declaration.id()).started();
    }

    @Override
    public void released(Declaration declaration) {
        PluginMemory memory = memories.remove(declaration.id());
        if (memory != null) {
            memory.freeStart();
        }
        if (memory != null && memory.usedBytes() != 0) {
            org.slf4j.LoggerFactory.getLogger(KernelSink.class)
                    .warn(
                            "Plugin {} has left {} bytes of memory behind",
                            declaration.id(),
                            memory.usedBytes());
        }
    }
}
