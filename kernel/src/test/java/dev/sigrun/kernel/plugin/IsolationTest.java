// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin sees and what it does not. */
final class IsolationTest {
    @TempDir private Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.sigrun.kernel.plugin.PluginInfo",
                "io.netty.channel.ChannelFuture",
            })
    void theServersClassesAreInvisible(String name) throws IOException {
        String linked =
                scene.refused(
                        PluginJar.demo(
                                "public void register(Registrar r) { System.out.println("
                                        + name
                                        + ".class); }"));
        assertTrue(linked.contains("class " + name + " is neither in the plugin"), linked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.pf4j.Plugin", "org.slf4j.bridge.X", "com.google.inject.Guice"})
    void theServersLibrariesAreInvisible(String name) throws IOException {
        String asked =
                scene.refused(
                        PluginJar.demo(
                                "public void register(Registrar r) { try { Class.forName(\""
                                        + name
                                        + "\"); } catch (ClassNotFoundException e) {"
                                        + " throw new IllegalStateException(e); } }"));
        assertTrue(asked.contains("class " + name + " is neither in the plugin"), asked);
    }

    @Test
    void theContractAndSlf4jAreTheServersAndThePlatformIsThere() throws Exception {
        scene.load(
                PluginJar.demo(
                        """
                        public void register(Registrar r) throws RegistrationException {
                            org.slf4j.LoggerFactory.getLogger("plugin.demo").debug("hello");
                            if (java.sql.Driver.class == null
                                    || org.slf4j.Logger.class.getClassLoader()
                                            != Plugin.class.getClassLoader()) {
                                throw new RegistrationException("wrong loaders");
                            }
                        }
                        """));
        scene.host.unload("demo");
    }

    @Test
    void theServersResourcesAreInvisible() throws Exception {
        String own = "META-INF/services/dev.sigrun.spi.Plugin";
        scene.load(
                PluginJar.demo(
                                """
                                public void register(Registrar r) throws RegistrationException {
                                    ClassLoader loader = getClass().getClassLoader();
                                    String contract = "dev/sigrun/spi/Plugin.class";
                                    if (loader != Thread.currentThread().getContextClassLoader()
                                            || loader.getResource(contract) != null
                                            || loader.getResource("org/pf4j/Plugin.class") != null
                                            || loader.resources("META-INF/MANIFEST.MF").count() != 1
                                            || loader.resources("%s").count() != 1
                                            || java.util.ServiceLoader.load(Plugin.class)
                                                    .stream().count() != 1) {
                                        throw new RegistrationException("leak");
                                    }
                                }
                                """
                                        .formatted(own))
                        .entry(own, "demo.Demo".getBytes(StandardCharsets.UTF_8)));
        scene.host.unload("demo");
    }

    @Test
    void readsResourcesForTheKernelUntilThePluginIsGone() throws Exception {
        Path file =
                PluginJar.good().entry("docs.json", new byte[] {'{', '}'}).write(scene.newFile());
        Declaration[] seen = new Declaration[1];
        PluginHost host =
                new PluginHost(
                        new Forwarding(scene.sink) {
                            @Override
                            public List<String> commit(Declaration declaration) {
                                seen[0] = declaration;
                                return super.commit(declaration);
                            }
                        },
                        PluginGate.anywhere());
        host.load(file, List.of(), Map.of());
        assertEquals(2, seen[0].resource("docs.json").length);
        assertEquals(null, seen[0].resource("none.json"));
        host.unload("demo");
        assertEquals(null, seen[0].resource("docs.json"));
    }

    @Test
    void aZipBringsItsOwnLibraries() throws Exception {
        Path library =
                PluginJar.bare()
                        .source("lib.Word", "package lib; public class Word {}")
                        .write(scene.newFile());
        PluginJar jar =
                PluginJar.demo(
                        """
                        public void register(Registrar r) throws RegistrationException {
                            try {
                                Class.forName("lib.Word");
                            } catch (ClassNotFoundException e) {
                                throw new RegistrationException("no library", e);
                            }
                        }
                        """);
        Path zip = jar.writeZip(folder.resolve("demo.zip"), Map.of("word-1.0.jar", library));
        scene.host.load(zip, List.of(), Map.of());
        scene.host.unload("demo");
        assertEquals(0, scene.copies());
        scene.awaitNoLeaks();
    }
}
