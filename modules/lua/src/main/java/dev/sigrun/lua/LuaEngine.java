// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.lua.vm.Stack;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.PluginContext;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.ScriptEngine;
import dev.sigrun.spi.script.ScriptFunction;
import dev.sigrun.spi.script.ScriptKind;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Lua for the server: one world for EVAL, one for functions, each made when it is first needed.
 * Owner thread only.
 */
final class LuaEngine implements ScriptEngine {
    private final ConfigParam<Boolean> insecure =
            ConfigParam.flagOfServer("lua-enable-insecure-api", false);
    private PluginContext context;
    private Natives natives;
    private World evalWorld;
    private World functionWorld;

    void start(PluginContext pluginContext) {
        context = pluginContext;
    }

    ConfigParam<Boolean> insecure() {
        return insecure;
    }

    @Override
    public String name() {
        return "LUA";
    }

    private World world(ScriptKind kind) {
        World world = kind == ScriptKind.EVAL ? evalWorld : functionWorld;
        if (world == null) {
            if (natives == null) {
                natives = new Natives(new Stack(), context);
            }
            world = new World(natives, kind, insecure.value(), context);
            keep(kind, world);
        }
        return world;
    }

    private void keep(ScriptKind kind, World world) {
        if (kind == ScriptKind.EVAL) {
            evalWorld = world;
        } else {
            functionWorld = world;
        }
    }

    @Override
    public List<ScriptFunction> compile(ScriptKind kind, Bytes source, BooleanSupplier goOn)
            throws CommandException {
        World world = world(kind);
        return kind == ScriptKind.EVAL ? List.of(world.compile(source)) : world.load(source, goOn);
    }

    @Override
    public void reset(ScriptKind kind) {
        World world = kind == ScriptKind.EVAL ? evalWorld : functionWorld;
        keep(kind, null);
        if (world != null) {
            world.close();
        }
    }

    @Override
    public long memoryBytes(ScriptKind kind) {
        World world = kind == ScriptKind.EVAL ? evalWorld : functionWorld;
        return world == null ? 0 : world.memoryBytes();
    }

    void close() {
        reset(ScriptKind.EVAL);
        reset(ScriptKind.FUNCTION);
        if (natives != null) {
            natives.close();
            natives = null;
        }
    }
}
