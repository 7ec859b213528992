// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.util.List;

/**
 * Says why a plugin was not loaded or not unloaded.
 *
 * <p>The message is a sentence for the operator and belongs in the log; {@link #wireText} is what a
 * client may be told, in Valkey's words where Valkey has some. Failures inside of a plugin are kept
 * as text: a live exception would hold the plugin's class loader through its stack trace.
 */
public final class PluginException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What the client of a failed MODULE LOAD is told. */
    static final String LOAD_FAILED =
            "ERR Error loading the extension. Please check the server logs.";

    /** How every answer to a failed MODULE UNLOAD begins. */
    static final String UNLOAD_FAILED = "ERR Error unloading module: ";

    private final String wireText;
    private final String trace;

    private PluginException(String wireText, String logText, String trace) {
        super(logText);
        this.wireText = oneLine(wireText);
        this.trace = trace;
    }

    /** A plugin that was not loaded. */
    static PluginException load(String sentence) {
        return new PluginException(LOAD_FAILED, sentence, "");
    }

    /** A plugin that was not loaded because its own code failed. */
    static PluginException load(String sentence, Fault fault) {
        return new PluginException(LOAD_FAILED, sentence, fault.trace());
    }

    /** A plugin that cannot be unloaded since there is none of that name. */
    static PluginException unknown(String name, boolean bundled) {
        String why = bundled ? " is part of the server" : " is not loaded";
        return new PluginException(
                UNLOAD_FAILED + "no such module with that name",
                "Cannot unload plugin '" + name + "': it" + why + ".",
                "");
    }

    /** A plugin that cannot be unloaded now. */
    static PluginException held(String name, List<String> reasons) {
        String why = String.join("; ", reasons);
        return new PluginException(
                UNLOAD_FAILED + why, "Cannot unload plugin '" + name + "' now: " + why + ".", "");
    }

    /** The error reply, with its code and without line breaks. */
    public String wireText() {
        return wireText;
    }

    /** The sentence for the log. */
    public String logText() {
        return getMessage();
    }

    /** The stack trace of what failed inside of the plugin; empty when nothing did. */
    public String trace() {
        return trace;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
