// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.command.CommandContext;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for authors shows code that compiles, and a pom whose manifest passes the gate. */
final class PageTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern.compile("<([A-Z][\\w-]+)>([^<]+)</\\1>");

    @TempDir private Path folder;

    @Test
    void theCodeOnThePageIsTheCodeThatIsTested() throws Exception {
        String source =
                Files.readString(
                        root().resolve(
                                        "kernel/src/test/java/dev/sigrun/kernel/plugin/example/"
                                                + "TallyPlugin.java"));
        String expected =
                source.replace("// SPDX-License-Identifier: Apache-2.0\n", "")
                        .replace("dev.sigrun.kernel.plugin.example", "com.example.tally");
        assertEquals(expected, block("java"));
    }

    @Test
    void thePluginOfThePageCountsAndReplicates() throws Exception {
        PluginJar jar = PluginJar.bare().source("com.example.tally.TallyPlugin", block("java"));
        Matcher entry = ENTRY.matcher(between("<manifestEntries>", "</manifestEntries>"));
        while (entry.find()) {
            jar.attribute(entry.group(1), entry.group(2).replace("${project.version}", "1.0.0"));
        }
        Scene scene = new Scene(folder);
        Path file = jar.write(scene.newFile());
        PluginInfo info = scene.host.load(file, List.of(), Map.of("tally.step", "5"));
        assertEquals("tally", info.name());
        assertEquals(List.of("command tally", "config tally.step"), scene.host.registered("tally"));

        List<String> calls = new ArrayList<>();
        scene.sink.handlers.get("tally").handle(recorder(CommandContext.class, calls));
        assertTrue(calls.contains("setInteger[15, true]"), calls::toString);
        assertTrue(calls.contains("command[INCRBY, 2]"), calls::toString);
        assertTrue(calls.contains("integer[15]"), calls::toString);

        scene.host.unload("tally");
        scene.awaitNoLeaks();
    }

    /** Writes down every call; answers 10 for the counter and recorders for interfaces. */
    private static <T> T recorder(Class<T> type, List<String> calls) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> {
                            calls.add(
                                    method.getName()
                                            + (arguments == null
                                                    ? "[]"
                                                    : Arrays.asList(arguments)));
                            Class<?> result = method.getReturnType();
                            if (result == long.class) {
                                return 10L;
                            }
                            return result.isInterface() ? recorder(result, calls) : null;
                        }));
    }

    private static String block(String language) throws Exception {
        Matcher blocks = BLOCK.matcher(page());
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                return blocks.group(2);
            }
        }
        throw new AssertionError("no block of " + language);
    }

    private static String between(String begin, String end) throws Exception {
        String text = block("xml");
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    private static String page() throws Exception {
        return Files.readString(root().resolve("docs/plugins/writing-a-plugin.md"));
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("docs/plugins"))) {
            at = at.getParent();
        }
        return at;
    }
}
