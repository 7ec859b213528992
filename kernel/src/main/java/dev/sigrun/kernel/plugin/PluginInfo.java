// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * A plugin as operators see it. Immutable, any thread.
 *
 * @param id the id in its manifest
 * @param name the name that {@code MODULE LIST} shows and {@code MODULE UNLOAD} takes
 * @param number the version that {@code MODULE LIST} shows
 * @param version the version in its manifest; empty for a bundled plugin
 * @param path the file it was loaded from; null for a bundled plugin
 * @param sha256 hash of that file in hexadecimal digits; empty for a bundled plugin
 * @param arguments what the operator gave it at the load
 */
public record PluginInfo(
        String id,
        String name,
        int number,
        String version,
        Path path,
        String sha256,
        List<String> arguments) {
    /** Copies the arguments. */
    public PluginInfo {
        arguments = List.copyOf(arguments);
    }

    /** Whether the plugin is part of the server: not listed, never unloaded. */
    public boolean isBundled() {
        return path == null;
    }
}
