// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.StopReason;

/** Brings Lua as a language for scripts. Owner thread only. */
public final class LuaPlugin implements Plugin {
    private final LuaEngine engine = new LuaEngine();

    /** Makes the plugin; the kernel calls this. */
    public LuaPlugin() {}

    @Override
    public void register(Registrar registrar) {
        registrar.scriptEngine(engine);
        registrar.config(engine.insecure());
    }

    @Override
    public void start(PluginContext context) {
        engine.start(context);
    }

    @Override
    public void stop(StopReason reason) {
        engine.close();
    }
}
