// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.script.ScriptKind;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The engines by name, the first one registered first. Owner thread only. */
final class Engines {
    private final Map<String, Engine> byName = new LinkedHashMap<>();

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Engine find(String name) {
        return byName.get(key(name));
    }

    Collection<Engine> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    Engine add(ScriptEngine code) {
        Engine engine = new Engine(code);
        byName.put(key(engine.name), engine);
        return engine;
    }

    Engine remove(ScriptEngine code) {
        return byName.remove(key(code.name()));
    }

    void reset(ScriptKind kind) {
        for (Engine engine : byName.values()) {
            engine.code.reset(kind);
        }
    }

    long memoryBytes(ScriptKind kind) {
        long sum = 0;
        for (Engine engine : byName.values()) {
            sum += engine.code.memoryBytes(kind);
        }
        return sum;
    }
}
