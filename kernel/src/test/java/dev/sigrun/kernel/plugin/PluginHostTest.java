// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.StopReason;
import dev.sigrun.spi.admin.ConfigParam;
import dev.sigrun.spi.command.CommandSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginHostTest {
    @TempDir private Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
    }

    @Test
    void loadsListsAndUnloads() throws Exception {
        PluginInfo info = scene.load(PluginJar.good(), "a", "b");
        assertEquals("demo", info.name());
        assertEquals(10203, info.number());
        assertEquals(List.of("a", "b"), info.arguments());
        assertEquals(64, info.sha256().length());
        assertEquals(List.of(info), scene.host.list());
        assertEquals(
                List.of("command demo.ping", "config demo.limit"), scene.host.registered("demo"));
        assertTrue(scene.sink.handlers.containsKey("demo.ping"));

        scene.host.unload("demo");
        assertEquals(List.of(), scene.host.list());
        assertEquals(List.of("commit demo", "withdraw demo", "released demo"), scene.sink.calls);
        assertEquals(0, scene.copies());
        scene.awaitNoLeaks();
    }

    @Test
    void moduleListShowsWhatTheManifestSays() throws Exception {
        PluginInfo info =
                scene.load(
                        PluginJar.good()
                                .attribute("Sigrun-Module-Name", "dm")
                                .attribute("Sigrun-Module-Version", "999999"));
        assertEquals("dm", info.name());
        assertEquals(999999, info.number());
        scene.host.unload("dm");
    }

    @Test
    void theFileMayGoWhileThePluginIsLoaded() throws Exception {
        Path file = PluginJar.good().entry("text.txt", new byte[] {1}).write(scene.newFile());
        scene.host.load(file, List.of(), Map.of());
        Files.delete(file);
        scene.host.unload("demo");
        assertEquals(0, scene.copies());
    }

    @Test
    void appliesConfiguredValuesBeforeTheStart() throws Exception {
        PluginJar jar =
                PluginJar.demo(
                        """
                        final ConfigParam<Long> limit = ConfigParam.integer("limit", 5, 1, 100);
                        public void register(Registrar r) { r.config(limit); }
                        public void start(PluginContext c) {
                            if (limit.value() != 7) { throw new IllegalStateException("early"); }
                        }
                        """);
        scene.host.load(jar.write(scene.newFile()), List.of(), Map.of("DEMO.limit", "7"));
        scene.host.unload("demo");
    }

    @Test
    void refusesUnknownAndBadValues() throws Exception {
        Path file = PluginJar.good().write(scene.newFile());
        assertTrue(
                scene.refused(file, Map.of("demo.speed", "1"))
                        .contains("'demo.speed': the plugin has no such parameter"));
        assertTrue(
                scene.refused(file, Map.of("demo.limit", "101"))
                        .contains("must be between 1 and 100 inclusive"));
    }

    @Test
    void refusesASecondPluginOfTheSameIdOrName() throws Exception {
        scene.load(PluginJar.good());
        assertTrue(scene.refused(PluginJar.good()).contains("this id is loaded already"));
        PluginJar twin = PluginJar.demo("public void register(Registrar r) {}");
        twin.attribute("Plugin-Id", "other").attribute("Sigrun-Module-Name", "demo");
        assertTrue(scene.refused(twin).contains("under the name 'demo'"));
        scene.host.unload("demo");
        assertEquals(0, scene.copies());
    }

    @Test
    void reportsAllConflictsTogether() throws Exception {
        scene.sink.names.add("command demo.ping");
        scene.sink.names.add("config demo.limit");
        String text = scene.refused(PluginJar.good());
        assertTrue(text.contains("2 problems"), text);
        assertTrue(text.contains("command demo.ping exists already"), text);
        assertFalse(scene.sink.calls.contains("commit demo"));
    }

    @Test
    void aCommitThatFailsLeavesNothing() throws Exception {
        scene.sink.commitFailure = new IllegalStateException("kernel bug");
        Path file = PluginJar.good().write(scene.newFile());
        RuntimeException thrown =
                assertThrows(
                        IllegalStateException.class,
                        () -> scene.host.load(file, List.of(), Map.of()));
        assertSame(scene.sink.commitFailure, thrown);
        assertEquals(0, scene.copies());
        scene.awaitNoLeaks();
        scene.sink.commitFailure = null;
        scene.host.load(file, List.of(), Map.of());
    }

    @Test
    void aCommitThatIsRefusedLeavesNothing() throws Exception {
        scene.sink.commitProblems = List.of("parameter 'demo.limit': is no number");
        String text = scene.refused(PluginJar.good());
        assertTrue(text.contains("parameter 'demo.limit': is no number"), text);
    }

    @Test
    void unloadSaysWhyNot() throws Exception {
        PluginException unknown =
                assertThrows(PluginException.class, () -> scene.host.unload("nobody"));
        assertEquals(
                "ERR Error unloading module: no such module with that name", unknown.wireText());

        scene.load(PluginJar.good());
        scene.sink.holds = List.of("the module exports types\r\nand 3 keys live");
        PluginException held = assertThrows(PluginException.class, () -> scene.host.unload("demo"));
        assertEquals(
                "ERR Error unloading module: the module exports types and 3 keys live",
                held.wireText());
        assertEquals(1, scene.host.list().size());
        scene.sink.holds = List.of();
        scene.host.unload("demo");
    }

    @Test
    void aPluginThatFailsToStopGoesAllTheSame() throws Exception {
        scene.load(
                PluginJar.demo(
                        """
                        public void register(Registrar r) {}
                        public void stop(StopReason why) { throw new Error("never"); }
                        """));
        scene.host.unload("demo");
        assertEquals(List.of(), scene.host.list());
        scene.awaitNoLeaks();
    }

    @Test
    void bundledPluginsAreNeitherListedNorUnloaded() throws Exception {
        Bundled bundled = new Bundled();
        scene.host.loadBundled(List.of(bundled));
        assertEquals(List.of(), scene.host.list());
        assertEquals(
                List.of("command bundled", "config hash-max-listpack-entries"),
                scene.host.registered("plugin"));
        PluginException refused =
                assertThrows(PluginException.class, () -> scene.host.unload("plugin"));
        assertTrue(refused.wireText().endsWith("no such module with that name"));
        assertTrue(refused.logText().contains("part of the server"));

        scene.host.stopAll();
        assertEquals(StopReason.SHUTDOWN, bundled.stopped);
        assertFalse(scene.sink.calls.contains("withdraw plugin"));
    }

    @Test
    void stopAllStopsTheLastOneFirst() throws Exception {
        String body =
                """
                public void register(Registrar r) {}
                public void stop(StopReason why) {
                    System.setProperty("sigrun.test.stops",
                            System.getProperty("sigrun.test.stops", "") + "%s");
                }
                """;
        System.clearProperty("sigrun.test.stops");
        scene.load(PluginJar.demo(body.formatted("a")));
        scene.load(PluginJar.demo(body.formatted("b")).attribute("Plugin-Id", "second"));
        scene.host.stopAll();
        assertEquals("ba", System.clearProperty("sigrun.test.stops"));
        assertEquals(0, scene.copies());
        scene.awaitNoLeaks();
    }

    private static final class Bundled implements Plugin {
        private StopReason stopped;

        @Override
        public void register(Registrar registrar) {
            registrar.command(CommandSpec.command("BUNDLED", 1).build(), c -> c.reply().ok());
            registrar.config(ConfigParam.integer("hash-max-listpack-entries", 512, 0, 1024));
        }

        @Override
        public void stop(StopReason reason) {
            stopped = reason;
        }
    }
}
