// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import dev.sigrun.spi.script.ScriptCall;
import dev.sigrun.spi.script.ScriptFlag;
import dev.sigrun.spi.script.ScriptFunction;
import java.util.Set;

/** A function of Lua that the server can run. Owner thread only. */
final class CompiledScript implements ScriptFunction {
    private static final int BYTES = 100;

    private final World world;
    private final int reference;
    private final String name;
    private final String description;
    private final Set<ScriptFlag> flags;

    CompiledScript(
            World world, int reference, String name, String description, Set<ScriptFlag> flags) {
        this.world = world;
        this.reference = reference;
        this.name = name;
        this.description = description;
        this.flags = flags;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<ScriptFlag> flags() {
        return flags;
    }

    @Override
    public void run(ScriptCall call) {
        world.run(reference, call);
    }

    @Override
    public void release() {
        world.release(reference);
    }

    @Override
    public long memoryBytes() {
        return (long) BYTES
                + (name == null ? 0 : name.length())
                + (description == null ? 0 : description.length());
    }
}
