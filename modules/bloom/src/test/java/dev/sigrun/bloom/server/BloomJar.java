// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.server;

import dev.sigrun.testkit.SigrunServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jar that the build made, and servers for it. Any thread. */
final class BloomJar {
    private static final String PROPERTY = "sigrun.bloom.jar";

    private BloomJar() {}

    /** Where the jar is. */
    static Path path() {
        String name = System.getProperty(PROPERTY);
        if (name == null || !Files.isRegularFile(Path.of(name))) {
            throw new AssertionError(
                    "the system property " + PROPERTY + " must name the plugin's jar: " + name);
        }
        return Path.of(name).toAbsolutePath();
    }

    /** A server without the plugin that takes every command. */
    static SigrunServer bareServer(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--enable-module-command", "yes", "--enable-debug-command", "yes"));
        return SigrunServer.withConfig(all.toArray(String[]::new));
    }

    /** A server with the plugin. */
    static SigrunServer server(String... options) {
        return bareServer(options).plugin(path());
    }
}
