// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginGateTest {
    @TempDir private Path folder;
    private Scene scene;
    private PluginGate gate;

    @BeforeEach
    void open() throws IOException {
        scene = new Scene(folder);
        gate = PluginGate.anywhere().copyingTo(scene.scratch);
    }

    @Test
    void letsAGoodPluginThrough() throws Exception {
        Path file = PluginJar.good().write(scene.newFile());
        try (Candidate candidate = gate.open(file)) {
            assertEquals("demo", candidate.id());
            assertEquals(file.toRealPath(), candidate.path());
            assertEquals(1, scene.copies());
        }
        assertEquals(0, scene.copies());
    }

    @Test
    void saysThatNativeModulesDoNotRunHere() {
        assertTrue(refusal(folder.resolve("libbloom.so")).contains("native module"));
        assertTrue(refusal(folder.resolve("libbloom.so.1.2")).contains("native module"));
    }

    @Test
    void refusesWhatIsNoFile() {
        assertTrue(refusal(folder.resolve("none.jar")).contains("does not exist"));
        assertTrue(refusal(folder).contains("not a regular file"));
        if (Files.exists(Path.of("/dev/null"))) {
            assertTrue(refusal(Path.of("/dev/null")).contains("not a regular file"));
        }
    }

    @Test
    void resolvesLinksBeforeItLooksAtTheFolder() throws Exception {
        Path inside = Files.createDirectories(folder.resolve("plugins"));
        Path outside = PluginJar.good().write(scene.newFile());
        Path link = Files.createSymbolicLink(inside.resolve("link.jar"), outside);
        PluginGate narrow = gate.below(inside);
        PluginException refused = assertThrows(PluginException.class, () -> narrow.open(link));
        assertTrue(refused.logText().contains("outside of the plugin folder"));
        assertThrows(
                PluginException.class,
                () -> narrow.open(inside.resolve("../" + outside.getFileName())));
        gate.open(link).close();

        Path good = PluginJar.good().write(inside.resolve("good.jar"));
        narrow.open(good).close();
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), inside);
        narrow.open(alias.resolve("good.jar")).close();
    }

    @Test
    void refusesATruncatedFileWhereverItIsCut() throws Exception {
        byte[] whole = Files.readAllBytes(PluginJar.good().write(scene.newFile()));
        Path cut = scene.newFile();
        for (int length = 0; length < whole.length; length += length % 97 == 0 ? 1 : 7) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertTrue(refusal(cut).contains("is damaged or not a jar"));
        }
        assertEquals(0, scene.copies());
    }

    @Test
    void survivesDamageAnywhere() throws Exception {
        byte[] whole = Files.readAllBytes(PluginJar.good().write(scene.newFile()));
        Path file = scene.newFile();
        long seed = Long.getLong("sigrun.seed", 42);
        Random random = new Random(seed);
        for (int i = 0; i < 1500; i++) {
            byte[] damaged = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            try {
                gate.open(file).close();
            } catch (PluginException refused) {
                assertTrue(!refused.logText().isEmpty());
            } catch (RuntimeException | Error escaped) {
                throw new AssertionError("-Dsigrun.seed=" + seed + ", round " + i, escaped);
            }
        }
        assertEquals(0, scene.copies());
    }

    @Test
    void refusesAFileWithoutAManifest() {
        Path file = PluginJar.good().writeWithoutManifest(scene.newFile());
        assertTrue(refusal(file).contains("no META-INF/MANIFEST.MF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.class",
                "a/../../evil.class",
                "/etc/evil",
                "a\\..\\evil",
                "C:/evil",
                "a//b",
                "./a",
                "lib/../../x.jar"
            })
    void refusesNamesThatLeadOutside(String name) {
        Path file = PluginJar.good().entry(name, new byte[1]).write(scene.newFile());
        assertTrue(refusal(file).contains("could lie outside"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/slf4j/Logger.class",
                "dev/sigrun/spi/Plugin.class",
                "dev/sigrun/memory/Allocator.class",
                "dev/sigrun/kernel/Main.class",
                "META-INF/versions/21/org/slf4j/Logger.class"
            })
    void refusesCopiesOfSharedClasses(String name) throws IOException {
        PluginJar jar = PluginJar.good().entry(name, new byte[1]);
        assertTrue(refusal(jar.write(scene.newFile())).contains("scope 'provided'"));
        Path zip = jar.writeZip(folder.resolve("demo.zip"), Map.of());
        assertTrue(refusal(zip).contains("scope 'provided'"));
        Path inner = PluginJar.bare().entry(name, new byte[1]).write(scene.newFile());
        zip = PluginJar.good().writeZip(folder.resolve("demo2.zip"), Map.of("a.jar", inner));
        assertTrue(refusal(zip).contains("scope 'provided'"));
    }

    @Test
    void refusesAManifestThatUnpacksToTooMuch() {
        Path file =
                PluginJar.bare()
                        .entry("META-INF/MANIFEST.MF", new byte[8 << 20])
                        .writeWithoutManifest(scene.newFile());
        assertTrue(refusal(file).contains("manifest of more than"));
    }

    @Test
    void refusesASecondManifestInOtherCase() {
        PluginJar jar = PluginJar.good();
        jar.entry("meta-inf/manifest.mf", jar.manifestBytes());
        assertTrue(refusal(jar.write(scene.newFile())).contains("two manifests"));
    }

    @Test
    void countsWhatEntriesReallyUnpackTo() {
        Path file = PluginJar.bare().entry("zeros", new byte[1 << 20]).write(scene.newFile());
        PluginException bytes =
                assertThrows(
                        PluginException.class,
                        () -> Archive.check(file, "x.jar", new Archive.Budget(1 << 19, 10)));
        assertTrue(bytes.logText().contains("unpacks to more"));
        PluginException entries =
                assertThrows(
                        PluginException.class,
                        () -> Archive.check(file, "x.jar", new Archive.Budget(1 << 21, 1)));
        assertTrue(entries.logText().contains("too many entries"));
    }

    @Test
    void theClassPathOfAManifestStaysInside() throws Exception {
        PluginJar jar = PluginJar.good();
        for (String path : new String[] {"../x.jar", "/x.jar", "http://x/x.jar", "%2e%2e.jar/"}) {
            assertTrue(
                    refusal(jar.attribute("Class-Path", path).write(scene.newFile()))
                            .contains("Class-Path names"));
        }
        gate.open(jar.attribute("Class-Path", "a-1.0.jar b.jar").write(scene.newFile())).close();
    }

    @Test
    void refusesAManifestThatIsNone() {
        Path file =
                PluginJar.bare()
                        .entry(
                                "META-INF/MANIFEST.MF",
                                "no manifest\n".getBytes(StandardCharsets.UTF_8))
                        .writeWithoutManifest(scene.newFile());
        assertTrue(refusal(file).contains("manifest cannot be read"));
    }

    private String refusal(Path file) {
        PluginException refused = assertThrows(PluginException.class, () -> gate.open(file));
        return refused.logText();
    }
}
