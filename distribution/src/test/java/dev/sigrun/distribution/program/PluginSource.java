// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import dev.sigrun.spi.Plugin;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles a small plugin and packs it. Confined to the test's thread. */
final class PluginSource {
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final String body;

    /** A plugin whose class has these methods. */
    PluginSource(String body) {
        this.body = body;
        attributes.put("Plugin-Id", "demo");
        attributes.put("Plugin-Class", "Demo");
        attributes.put("Plugin-Version", "1.0.0");
        attributes.put("Sigrun-Spi", "0.1");
        attributes.put("Sigrun-Java", "25");
    }

    /** Sets a line of the manifest. */
    PluginSource attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Writes the jar into a folder. */
    Path write(Path folder, boolean withManifest) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        compile(classes);
        Path jar = Files.createTempFile(folder, "demo", ".jar");
        try (JarOutputStream out =
                withManifest
                        ? new JarOutputStream(Files.newOutputStream(jar), manifest())
                        : new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("Demo.class"));
            out.write(Files.readAllBytes(classes.resolve("Demo.class")));
            out.closeEntry();
        }
        return jar;
    }

    private Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private void compile(Path classes) throws IOException {
        Path source =
                Files.writeString(
                        classes.resolve("Demo.java"),
                        """
                        import dev.sigrun.spi.*;
                        import dev.sigrun.spi.command.*;
                        public final class Demo implements Plugin {
                        %s
                        }
                        """
                                .formatted(body));
        String spi =
                Path.of(
                                URI.create(
                                        Plugin.class
                                                .getProtectionDomain()
                                                .getCodeSource()
                                                .getLocation()
                                                .toString()))
                        .toString();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean done =
                    compiler.getTask(
                                    messages,
                                    files,
                                    null,
                                    List.of("-cp", spi, "-d", classes.toString()),
                                    null,
                                    files.getJavaFileObjects(source))
                            .call();
            if (!done) {
                throw new AssertionError(messages.toString());
            }
        }
    }
}
