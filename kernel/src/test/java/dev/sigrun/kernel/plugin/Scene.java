// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A host with a fake kernel in a temporary folder. */
final class Scene {
    final FakeSink sink = new FakeSink();
    final Path folder;
    final Path scratch;
    final PluginHost host;
    private int files;

    Scene(Path folder) throws IOException {
        this.folder = folder;
        this.scratch = Files.createDirectories(folder.resolve("scratch"));
        this.host = new PluginHost(sink, PluginGate.anywhere().copyingTo(scratch));
    }

    Path newFile() {
        return folder.resolve("plugin-" + files++ + ".jar");
    }

    PluginInfo load(PluginJar jar, String... arguments) throws PluginException {
        return host.load(jar.write(newFile()), List.of(arguments), Map.of());
    }

    /** Loads what cannot be loaded, and looks whether anything is left behind. */
    String refused(PluginJar jar) throws IOException {
        return refused(jar.write(newFile()), Map.of());
    }

    /** Loads what cannot be loaded, and looks whether anything is left behind. */
    String refused(Path file, Map<String, String> configs) throws IOException {
        List<String> namesBefore = List.copyOf(sink.names);
        List<PluginInfo> before = host.list();
        long copiesBefore = copies();
        String text = refusal(file, configs);
        assertEquals(namesBefore, List.copyOf(sink.names));
        assertEquals(before, host.list());
        assertEquals(copiesBefore, copies());
        awaitNoLeaks();
        assertNoOpenCopies(copiesBefore);
        return text;
    }

    private String refusal(Path file, Map<String, String> configs) {
        PluginException refused =
                assertThrows(PluginException.class, () -> host.load(file, List.of(), configs));
        assertEquals(
                "ERR Error loading the extension. Please check the server logs.",
                refused.wireText());
        return refused.logText();
    }

    /** Number of private copies. */
    long copies() throws IOException {
        try (Stream<Path> list = Files.list(scratch)) {
            return list.count();
        }
    }

    void awaitNoLeaks() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!host.leaks().isEmpty()) {
            assertTrue(System.nanoTime() < deadline, () -> "leaked: " + host.leaks());
            System.gc();
            Thread.onSpinWait();
        }
    }

    static void awaitCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!reference.refersTo(null)) {
            assertTrue(System.nanoTime() < deadline, "still reachable");
            System.gc();
        }
    }

    /** On Linux: no file of a private copy is open beyond those of loaded plugins. */
    private void assertNoOpenCopies(long loaded) throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return;
        }
        try (Stream<Path> list = Files.list(open)) {
            long count = list.filter(this::isCopy).count();
            assertTrue(count <= loaded, () -> count + " private copies are open");
        }
    }

    private boolean isCopy(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(scratch.toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
