// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Owner thread only. Who is loaded and, through the declarations, what belongs to whom, in the
 * order of loading. Ids and names are unique.
 */
final class Ledger {
    private final Map<String, LoadedPlugin> byId = new LinkedHashMap<>();

    /** Why a plugin cannot be entered; empty when it can. */
    List<String> conflicts(PluginInfo arriving) {
        List<String> conflicts = new ArrayList<>();
        if (byId.containsKey(arriving.id())) {
            conflicts.add("a plugin with this id is loaded already: unload it first");
        } else if (find(arriving.name()) != null) {
            conflicts.add("a plugin is loaded already under the name '" + arriving.name() + "'");
        }
        return conflicts;
    }

    void enter(LoadedPlugin plugin) {
        if (byId.putIfAbsent(plugin.info().id(), plugin) != null) {
            throw new IllegalStateException(plugin.info().id() + " is in the ledger");
        }
    }

    void strike(LoadedPlugin plugin) {
        byId.remove(plugin.info().id(), plugin);
    }

    /** The plugin that MODULE LIST shows under a name, else the one with that id; or null. */
    LoadedPlugin find(String name) {
        for (LoadedPlugin plugin : byId.values()) {
            if (plugin.info().name().equals(name)) {
                return plugin;
            }
        }
        return byId.get(name);
    }

    /** All plugins, the first one loaded first. */
    List<LoadedPlugin> all() {
        return Collections.unmodifiableList(new ArrayList<>(byId.values()));
    }
}
