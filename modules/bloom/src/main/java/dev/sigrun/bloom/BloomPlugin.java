// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.cms.CmsCommands;
import dev.sigrun.bloom.cuckoo.CuckooCommands;
import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.bloom.sketch.SketchSettings;
import dev.sigrun.bloom.tdigest.TDigestCommands;
import dev.sigrun.bloom.topk.TopKCommands;
import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner thread only. Scalable Bloom filters and other sketches as a plugin.
 *
 * <p>Every command of Bloom filters is declared as valkey-bloom declares it: any number of
 * arguments, which the handlers check themselves, and one key. Deviation: there, reading commands
 * ask for full access to the key as well, so a user who may only read a key could not use them.
 */
public final class BloomPlugin implements Plugin {
    private static final String CATEGORY = "bloom";
    private static final String DOCS = "dev/sigrun/bloom/commands.json";
    private static final int ANY_ARITY = -1;
    private static final KeySpec FULL_ACCESS =
            KeySpec.at(1, KeySpec.Use.RW, KeySpec.Use.ACCESS, KeySpec.Use.UPDATE);

    private final Vault vault = new Vault();
    private final SketchSettings sketchSettings = new SketchSettings();
    private final List<Shelf<?>> sketches = new ArrayList<>();

    /** For the kernel, which makes one instance. */
    public BloomPlugin() {}

    @Override
    public void register(Registrar registrar) {
        registrar.aclCategory(CATEGORY);
        vault.settings.register(registrar);
        registrar.type(vault.bloomType);
        registrar.type(vault.redisType);
        ReadCommands reads = new ReadCommands(vault);
        read(registrar, "BF.EXISTS", reads::exists);
        read(registrar, "BF.MEXISTS", reads::existsMany);
        read(registrar, "BF.CARD", reads::cardinality);
        read(registrar, "BF.INFO", new InfoCommand(vault)::info);
        AddCommands additions = new AddCommands(vault);
        write(registrar, "BF.ADD", additions::add);
        write(registrar, "BF.MADD", additions::addMany);
        write(registrar, "BF.RESERVE", new ReserveCommand(vault)::reserve);
        write(registrar, "BF.INSERT", new InsertCommand(vault)::insert);
        registrar.command(
                spec("BF.LOAD")
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                        .key(FULL_ACCESS)
                        .build(),
                new LoadCommand(vault)::load);
        sketchSettings.register(registrar);
        sketches.add(CmsCommands.register(registrar, sketchSettings));
        sketches.add(CuckooCommands.register(registrar, sketchSettings));
        sketches.add(TopKCommands.register(registrar, sketchSettings));
        sketches.add(TDigestCommands.register(registrar, sketchSettings));
        new Counters(vault.totals, sketches).register(registrar);
    }

    @Override
    public void start(PluginContext context) {
        vault.open(context.memory());
        sketches.forEach(each -> each.open(context.memory()));
    }

    private static void read(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                spec(name)
                        .flags(CommandFlag.READONLY, CommandFlag.FAST)
                        .key(KeySpec.at(1, KeySpec.Use.RO, KeySpec.Use.ACCESS))
                        .build(),
                handler);
    }

    private static void write(Registrar registrar, String name, CommandHandler handler) {
        registrar.command(
                spec(name)
                        .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
                        .key(FULL_ACCESS)
                        .build(),
                handler);
    }

    private static CommandSpec.Builder spec(String name) {
        return CommandSpec.command(name, ANY_ARITY).categories(CATEGORY).docs(DOCS);
    }
}
