// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

/**
 * One plugin: the class that a jar names in its manifest as {@code Plugin-Class}.
 *
 * <p>The kernel makes one instance by the public no-argument constructor, calls {@link #register},
 * commits everything that was declared in one turn of the owner or nothing at all, and then calls
 * {@link #start}. All calls come on the owner.
 */
@ForPlugin
public interface Plugin {
    /**
     * Declares commands, types, parameters and information sections. Pure declaration: it must not
     * touch anything outside {@code registrar}.
     *
     * @throws RegistrationException when the plugin cannot work here; nothing is then kept
     */
    void register(Registrar registrar) throws RegistrationException;

    /**
     * Called once after the commit, before any command of the plugin runs.
     *
     * @throws Exception when the plugin cannot start; everything it registered is withdrawn
     */
    default void start(PluginContext context) throws Exception {}

    /** Called once before the plugin's class loader is closed. Must give back what it holds. */
    default void stop(StopReason reason) {}
}
