// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.SpiVersion;
import io.netty.channel.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.slf4j.Logger;

/** Compiles sources and packs them as a plugin. */
final class PluginJar {
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private PluginJar() {
        manifest.put("Manifest-Version", "1.0");
        manifest.put("Plugin-Id", "demo");
        manifest.put("Plugin-Class", "demo.Demo");
        manifest.put("Plugin-Version", "1.2.3");
        manifest.put("Sigrun-Spi", SpiVersion.MAJOR + "." + SpiVersion.MINOR);
        manifest.put("Sigrun-Java", "25");
    }

    /** A plugin whose class {@code demo.Demo} has this body. */
    static PluginJar demo(String body) {
        return new PluginJar().source("demo.Demo", demoSource(body));
    }

    /** A plugin with a command {@code DEMO.PING} and a parameter {@code demo.limit}. */
    static PluginJar good() {
        return demo(
                """
                final ConfigParam<Long> limit = ConfigParam.integer("limit", 5, 1, 100);
                public void register(Registrar r) throws RegistrationException {
                    r.command(CommandSpec.command("DEMO.PING", 1).build(), c -> c.reply().ok());
                    r.config(limit);
                }
                """);
    }

    /** A plugin without any class. */
    static PluginJar bare() {
        return new PluginJar();
    }

    static String demoSource(String body) {
        return """
        package demo;
        import dev.sigrun.spi.*;
        import dev.sigrun.spi.admin.*;
        import dev.sigrun.spi.command.*;
        public class Demo implements Plugin {
        """
                + body
                + "}\n";
    }

    PluginJar source(String className, String text) {
        entries.putAll(compile(className, text));
        return this;
    }

    /** Sets an attribute of the manifest; null takes it away. */
    PluginJar attribute(String key, String value) {
        if (value == null) {
            manifest.remove(key);
        } else {
            manifest.put(key, value);
        }
        return this;
    }

    PluginJar entry(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    byte[] classFile(String name) {
        return entries.get(name);
    }

    /** Writes a jar. */
    Path write(Path file) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("META-INF/MANIFEST.MF", manifestBytes());
        all.putAll(entries);
        return write(file, all);
    }

    /** Writes a jar without a manifest. */
    Path writeWithoutManifest(Path file) {
        return write(file, entries);
    }

    /** Writes a zip with classes/ and lib/. */
    Path writeZip(Path file, Map<String, Path> libraries) throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("classes/META-INF/MANIFEST.MF", manifestBytes());
        entries.forEach((name, content) -> all.put("classes/" + name, content));
        for (Map.Entry<String, Path> library : libraries.entrySet()) {
            all.put("lib/" + library.getKey(), Files.readAllBytes(library.getValue()));
        }
        return write(file, all);
    }

    byte[] manifestBytes() {
        return manifest.entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue() + "\r\n")
                .collect(Collectors.joining())
                .concat("\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Path write(Path file, Map<String, byte[]> all) {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : all.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
                out.closeEntry();
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, byte[]> compile(String className, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
        StringWriter messages = new StringWriter();
        String classPath =
                Stream.of(Plugin.class, Logger.class, PluginHost.class, Channel.class)
                        .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                        .map(each -> Path.of(URI.create(each.toString())).toString())
                        .distinct()
                        .collect(Collectors.joining(System.getProperty("path.separator")));
        List<String> options = new ArrayList<>(List.of("-proc:none", "-classpath", classPath));
        JavaFileManager files =
                new ForwardingJavaFileManager<JavaFileManager>(
                        compiler.getStandardFileManager(null, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location,
                            String name,
                            JavaFileObject.Kind kind,
                            FileObject sibling) {
                        return new InMemory(name, kind, "", classes);
                    }
                };
        JavaFileObject source = new InMemory(className, JavaFileObject.Kind.SOURCE, text, classes);
        if (!compiler.getTask(messages, files, null, options, null, List.of(source)).call()) {
            throw new AssertionError(messages + "\n" + text);
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        classes.forEach((name, bytes) ->
                entries.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return entries;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        private final String name;
        private final String text;
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(String name, Kind kind, String text, Map<String, ByteArrayOutputStream> classes) {
            super(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind);
            this.name = name;
            this.text = text;
            this.classes = classes;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }

        @Override
        public ByteArrayOutputStream openOutputStream() {
            return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
        }
    }
}
