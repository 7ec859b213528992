// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.spi.command.Args;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which sections a client wants. {@code all} is every section of the server, {@code everything}
 * those of plugins as well, and {@code default} what comes when nothing is named.
 */
final class Wanted {
    private static final List<String> DEFAULT =
            List.of(
                    "server",
                    "clients",
                    "memory",
                    "persistence",
                    "stats",
                    "replication",
                    "cpu",
                    "module_list",
                    "errorstats",
                    "cluster",
                    "keyspace");

    /** All sections, of plugins as well. */
    static final Wanted EVERYTHING = new Wanted(Set.of(), true, true);

    private static final Wanted NOTHING_NAMED = new Wanted(Set.copyOf(DEFAULT), false, false);

    private final Set<String> names;
    private final boolean all;
    private final boolean everything;

    private Wanted(Set<String> names, boolean all, boolean everything) {
        this.names = names;
        this.all = all || everything;
        this.everything = everything;
    }

    /** Reads the arguments after the command's name. */
    static Wanted of(Args args) {
        if (args.count() == 1) {
            return NOTHING_NAMED;
        }
        Set<String> names = new HashSet<>();
        boolean all = false;
        boolean everything = false;
        for (int i = 1; i < args.count(); i++) {
            if (args.is(i, "default")) {
                names.addAll(DEFAULT);
            } else if (args.is(i, "all")) {
                all = true;
            } else if (args.is(i, "everything")) {
                everything = true;
            } else {
                names.add(args.bytes(i).text().toLowerCase(Locale.ROOT));
            }
        }
        return new Wanted(names, all, everything);
    }

    /** Whether a section of the server is wanted. */
    boolean has(String section) {
        return all || names.contains(section);
    }

    /** Whether something is named that only {@code INFO} with that very name shows. */
    boolean names(String section) {
        return names.contains(section);
    }

    /**
     * Whether a section of a plugin is wanted: by its name or by the part before the first line.
     */
    boolean hasPlugin(String section) {
        if (everything || names.contains("modules")) {
            return true;
        }
        String name = section.toLowerCase(Locale.ROOT);
        int line = name.indexOf('_');
        return names.contains(name) || (line > 0 && names.contains(name.substring(0, line)));
    }
}
