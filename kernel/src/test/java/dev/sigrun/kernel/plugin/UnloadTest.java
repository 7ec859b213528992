// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unloaded plugin leaves the memory. */
final class UnloadTest {
    @TempDir private Path folder;
    private Scene scene;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
    }

    @Test
    void fiftyLoadsLeaveNoClassLoader() throws Exception {
        Path file =
                PluginJar.demo(
                                """
                                public void register(Registrar r) {
                                    r.command(CommandSpec.command("x", 1).build(),
                                            c -> c.reply().ok());
                                }
                                public void start(PluginContext c) throws Exception {
                                    c.log().debug("started {}", this);
                                    java.util.ResourceBundle.getBundle("words").getString("a");
                                    getClass().getResource("/words.properties").openStream().read();
                                }
                                """)
                        .entry("words.properties", new byte[] {'a', '=', 'b'})
                        .write(scene.newFile());
        for (int i = 0; i < 50; i++) {
            scene.host.load(file, List.of(), Map.of());
            WeakReference<ClassLoader> loader = loaderOf("x");
            scene.host.unload("demo");
            Scene.awaitCollected(loader);
        }
        scene.awaitNoLeaks();
        assertEquals(0, scene.copies());
    }

    @Test
    void leaksNameTheThreadsThatHoldThem() throws Exception {
        scene.load(
                PluginJar.demo(
                        """
                        public void register(Registrar r) {}
                        public void start(PluginContext c) {
                            Thread thread = new Thread(() -> {
                                try {
                                    new java.util.concurrent.CountDownLatch(1).await();
                                } catch (InterruptedException end) {
                                    return;
                                }
                            }, "demo-worker");
                            thread.setDaemon(true);
                            thread.start();
                        }
                        """));
        scene.host.unload("demo");
        System.gc();
        assertEquals(
                List.of(new Leak("demo", "1.2.3", List.of("demo-worker"))), scene.host.leaks());

        Thread worker =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("demo-worker"))
                        .findAny()
                        .orElseThrow();
        worker.interrupt();
        worker.join(30_000);
        assertTrue(!worker.isAlive());
        worker = null;
        scene.awaitNoLeaks();
    }

    private WeakReference<ClassLoader> loaderOf(String command) {
        return new WeakReference<>(scene.sink.handlers.get(command).getClass().getClassLoader());
    }
}
