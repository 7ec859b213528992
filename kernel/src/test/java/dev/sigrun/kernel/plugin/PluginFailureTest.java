// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin's own code may do wrong; each refusal also checks that nothing is left behind. */
final class PluginFailureTest {
    private static final String REGISTER = "public void register(Registrar r) {}\n";

    @TempDir private Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"boom\");",
                "throw new OutOfMemoryError(\"boom\");",
                "throw new NoSuchMethodError(\"boom\");",
                "deeper(0);",
                "throw new Hostile();"
            })
    void surviveWhateverIsThrown(String statement) throws IOException {
        String rest =
                """
                static int deeper(int i) { return deeper(i + 1) + 1; }
                static class Hostile extends RuntimeException {
                    public String getMessage() { throw new Hostile(); }
                }
                """;
        String where = "if (true) { " + statement + " }";
        assertTrue(
                scene.refused(PluginJar.demo(REGISTER + rest + "public Demo() {" + where + "}"))
                        .contains("cannot be instantiated"));
        assertTrue(
                scene.refused(PluginJar.demo(REGISTER + rest + "static {" + where + "}"))
                        .contains("cannot be instantiated"));
        assertTrue(
                scene.refused(
                                PluginJar.demo(
                                        rest + "public void register(Registrar r) {" + where + "}"))
                        .contains("register() failed"));
        assertTrue(
                scene.refused(
                                PluginJar.demo(
                                        REGISTER
                                                + rest
                                                + "public void start(PluginContext c) {"
                                                + where
                                                + "}"))
                        .contains("cannot start"));
    }

    @Test
    void aFailedStartIsStoppedAndWithdrawn() throws IOException {
        System.clearProperty("sigrun.test.stop");
        scene.refused(
                PluginJar.demo(
                        """
                        public void register(Registrar r) {
                            r.command(CommandSpec.command("x", 1).build(), c -> c.reply().ok());
                        }
                        public void start(PluginContext c) throws Exception {
                            throw new Exception("no");
                        }
                        public void stop(StopReason why) {
                            System.setProperty("sigrun.test.stop", why.name());
                        }
                        """));
        assertEquals("FAILED_START", System.clearProperty("sigrun.test.stop"));
        assertEquals(List.of("commit demo", "withdraw demo", "released demo"), scene.sink.calls);
    }

    @Test
    void reportsARegistrationExceptionAndAllProblemsTogether() throws IOException {
        String text =
                scene.refused(
                        PluginJar.demo(
                                """
                                public void register(Registrar r) throws RegistrationException {
                                    r.command(CommandSpec.command("", 1).build(), c -> {});
                                    r.aclCategory("no good");
                                    throw new RegistrationException("needs\\na licence");
                                }
                                """));
        assertTrue(text.contains("3 problems"), text);
        assertTrue(text.contains("needs a licence"), text);
    }

    @Test
    void refusesClassesThatAreNoPlugin() throws IOException {
        assertTrue(scene.refused(PluginJar.bare()).contains("class demo.Demo is neither in"));
        assertTrue(
                scene.refused(PluginJar.bare().source("demo.Demo", "package demo; class Demo {}"))
                        .contains("does not implement"));
        assertTrue(
                scene.refused(PluginJar.good().attribute("Plugin-Class", "java.lang.String"))
                        .contains("does not implement"));
        assertTrue(
                scene.refused(PluginJar.demo(REGISTER + "Demo(int i) {}"))
                        .contains("NoSuchMethod"));
    }

    @Test
    void aRegistrarIsDeadAfterTheRegistration() throws IOException {
        assertTrue(
                scene.refused(
                                PluginJar.demo(
                                        """
                                        Registrar kept;
                                        public void register(Registrar r) { kept = r; }
                                        public void start(PluginContext c) {
                                            kept.aclCategory("late");
                                        }
                                        """))
                        .contains("valid during register() only"));
    }

    @Test
    void aCheckOfAParameterMayFail() throws IOException {
        Path file =
                PluginJar.demo(
                                """
                                public void register(Registrar r) {
                                    r.config(ConfigParam.text("mode", "a", v -> {
                                        if (v.equals("a")) { return null; }
                                        throw new IllegalStateException("bad check");
                                    }));
                                }
                                """)
                        .write(scene.newFile());
        assertTrue(scene.refused(file, Map.of("demo.mode", "b")).contains("bad check"));
    }
}
