// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.OW;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;
import static dev.sigrun.spi.command.KeySpec.Use.VARIABLE_FLAGS;

import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;

/** GEOSEARCH, GEOSEARCHSTORE, GEORADIUS, GEORADIUSBYMEMBER and their _RO. Owner thread only. */
final class SearchCommand implements CommandHandler {
    private final SearchKind kind;
    private final Search search;

    private SearchCommand(SearchKind kind, Search search) {
        this.kind = kind;
        this.search = search;
    }

    static void register(Registrar registrar, Search search) {
        for (SearchKind kind : SearchKind.values()) {
            registrar.command(describe(kind), new SearchCommand(kind, search));
        }
    }

    private static CommandSpec describe(SearchKind kind) {
        int arity = kind.hasAreaOptions() ? -6 - kind.source() : -kind.firstOption();
        CommandSpec.Builder spec = GeoCommands.command(kind.name(), arity);
        if (kind == SearchKind.GEOSEARCHSTORE) {
            spec.key(KeySpec.at(1, OW, UPDATE));
        }
        spec.key(KeySpec.at(kind.source(), RO, ACCESS));
        if (kind.hasStoreOption()) {
            int from = kind.firstOption();
            spec.key(KeySpec.keyword("STORE", from, 0, 1, 0, OW, UPDATE, VARIABLE_FLAGS));
            spec.key(KeySpec.keyword("STOREDIST", from, 0, 1, 0, OW, UPDATE, VARIABLE_FLAGS));
            spec.finder(new RadiusKeys());
        }
        if (kind.hasStoreOption() || kind == SearchKind.GEOSEARCHSTORE) {
            spec.flags(WRITE, DENYOOM);
        } else {
            spec.flags(READONLY);
        }
        return spec.build();
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        try {
            search.run(context, kind);
            if (!search.options().stores()) {
                search.reply(context.reply());
            } else {
                String event = kind.hasAreaOptions() ? "geosearchstore" : "georadiusstore";
                context.reply().integer(search.store(context, event));
            }
        } finally {
            search.close();
        }
    }
}
