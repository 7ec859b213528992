// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.PluginContext;
import java.util.List;

/**
 * Owner thread only. What the rest of the kernel does with the declarations of plugins.
 *
 * <p>For each declaration the calls come in the order conflicts, commit, context, then at the end
 * holds, withdraw, released. A declaration that was committed is withdrawn and released exactly
 * once, unless the server shuts down: then only the plugins are told.
 */
public interface PluginSink {
    /**
     * What in a declaration clashes with what is there: names of commands, types, wire names,
     * parameters, categories and sections of {@code INFO}, and categories that commands name but
     * nobody declared. Changes nothing.
     *
     * @return sentences without a full stop; empty when it may be committed
     */
    List<String> conflicts(Declaration declaration);

    /**
     * Puts a declaration without conflicts in force: all of it or nothing. The values that came
     * with the load are in its parameters already.
     *
     * @return why nothing is in force, for example because the file of the configuration has a
     *     value that a parameter refuses; sentences without a full stop, empty when all is well
     */
    List<String> commit(Declaration declaration);

    /** Takes a declaration out of force: after this no code of the plugin is called any more. */
    void withdraw(Declaration declaration);

    /**
     * Why a plugin cannot be unloaded now, for example because keys of its types live. The client
     * is shown these after {@code ERR Error unloading module: }, joined by semicolons, so the first
     * should begin in Valkey's words where it has some.
     *
     * @return sentences without a full stop; empty when it may be unloaded
     */
    List<String> holds(Declaration declaration);

    /** What the plugin is given at its start; called once for each commit. */
    PluginContext context(Declaration declaration);

    /** The plugin has started. Not called for one whose start fails; that one is withdrawn. */
    default void started(Declaration declaration) {}

    /** The last call: the plugin's class loader is closed, nothing may refer to it any more. */
    void released(Declaration declaration);
}
