// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.Directives;
import dev.sigrun.kernel.config.Facts;
import dev.sigrun.kernel.config.FakeFiles;
import dev.sigrun.kernel.config.text.Words;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConfigLoaderTest {
    private final FakeFiles files = new FakeFiles();
    private Config config = new Config(files);
    private ConfigLoader loader;

    @Test
    void acceptsEveryLineTheReferenceAccepts() throws ConfigError {
        Set<String> seen = new HashSet<>();
        for (String line : Facts.lines("/dev/sigrun/kernel/config/accepted-lines.txt")) {
            loadText(line);
            seen.add(line.substring(0, line.indexOf(' ')));
        }
        assertTrue(seen.size() > 200, () -> "only " + seen.size());
    }

    @Test
    void acceptsEveryDefaultAsItIsShown() throws ConfigError {
        for (String line : Facts.lines("/dev/sigrun/kernel/config/defaults.txt")) {
            String name = line.substring(0, line.indexOf('='));
            String value = line.substring(line.indexOf('=') + 1);
            boolean refusesEmpty = name.equals("replicaof") || name.equals("slaveof");
            if (!refusesEmpty) {
                loadText(name + " " + Words.quote(value));
                assertEquals(Map.of(name, value), config.get(List.of(name)));
            }
        }
    }

    @Test
    void ignoresDirectivesOfOlderServers() throws ConfigError {
        for (String name : Directives.ignored()) {
            loadText(name + " 5");
            assertReport(name + " 5 6", name + " 5 6", Refusal.BAD);
        }
    }

    @Test
    void laterSourcesWin() throws ConfigError {
        files.put("/srv/a.conf", "port 1\nTimeout 1\nhz 20\nport 2\n");
        load("timeout 3\nhz 30", "a.conf", "--hz", "40", "-");
        assertEquals("{hz=40, port=2, timeout=3}", shown("port", "timeout", "hz"));
        assertEquals("/srv/a.conf", loader.configFile().toString());
    }

    @Test
    void linesOfSaveAddUpAndTheFirstReplacesTheDefault() throws ConfigError {
        loadText("save 900 1\nsave 300 10 60 5");
        assertEquals("{save=900 1 300 10 60 5}", shown("save"));
        loadText("save 900 1\nsave \"\"");
        assertEquals("{save=}", shown("save"));
        load("", "--save", "60 1000");
        assertEquals("{save=60 1000}", shown("save"));
    }

    @Test
    void collectsWhatIsForOthers() throws ConfigError {
        loadText(
                "user bob on >x\nloadmodule /m.so a \"b c\"\nrename-command FLUSHALL \"\"\n"
                        + "bf.capacity 5 6\nBF.capacity 7");
        assertEquals(List.of("user", "bob", "on", ">x"), loader.users().get(0).words());
        assertEquals(List.of("loadmodule", "/m.so", "a", "b c"), loader.modules().get(0).words());
        assertEquals(List.of("rename-command", "FLUSHALL", ""), loader.renames().get(0).words());
        assertEquals(Map.of("bf.capacity", "7"), config.pendingModuleValues());
        assertEquals(
                Refusal.report(3, "rename-command FLUSHALL \"\"", "No such command"),
                loader.renames().get(0).refused("No such command").report());
    }

    @Test
    void includesFilesByNameAndByPattern() throws ConfigError {
        files.put("/srv/conf.d/b.conf", "port 2\n")
                .put("/srv/conf.d/a.conf", "port 1\ninclude extra\n")
                .put("/srv/conf.d/.hidden.conf", "port 3")
                .put("/srv/extra", "hz 33");
        loadText("include conf.d/*.conf\ninclude empty.d/*.conf\ninclude conf.d/[!a].nope");
        assertEquals("{hz=33, port=2}", shown("port", "hz"));
    }

    @Test
    void anIncludeThatIsMissingOrEndlessIsRefused() {
        ConfigError missing = refuse("include nope");
        assertTrue(missing.isLogLine());
        assertEquals(
                "Fatal error, can't open config file '/srv/nope': No such file or directory",
                missing.report());
        files.put("/srv/loop", "include loop");
        assertTrue(refuse("include loop").report().endsWith("\nToo many nested includes\n"));
    }

    @Test
    void reportsMistakesAsTheReferenceDoes() {
        assertReport("port 1 2", "port 1 2", "wrong number of arguments");
        assertReport("foo bar", "foo bar", Refusal.BAD);
        assertReport("include", "include", Refusal.BAD);
        assertReport(" maxmemory \"x ", "maxmemory \"x", "Unbalanced quotes in configuration line");
        assertReport("rdbcompression x", "rdbcompression x", "argument must be 'yes' or 'no'");
        assertReport("a.b", "a.b", "Module config specified without value");
        assertReport(
                "sentinel monitor",
                "sentinel monitor",
                "sentinel directive while not in sentinel mode");
        assertReport("save 1", "save 1", "Invalid save parameters");
        assertReport("dir /nope", "dir /nope", "No such file or directory");
    }

    @Test
    void reportsMistakesThatShowOnlyAtTheEndWithoutALine() {
        assertEquals(
                Refusal.BANNER + "replicaof directive not allowed in cluster mode\n",
                refuse("replicaof a 1\ncluster-enabled yes").report());
        assertEquals(
                Refusal.BANNER + "Can't open the log file: No such file or directory\n",
                refuse("logfile /nope/x").report());
    }

    @Test
    void optionsCountAsLinesAfterTheFile() {
        ConfigError error = assertThrows(ConfigError.class, () -> load("", "--port", "x"));
        assertEquals(
                Refusal.report(2, "port \"x\"", "argument couldn't be parsed into an integer"),
                error.report());
    }

    @Test
    void noBytesWhatsoeverThrowAnythingButAConfigError() {
        Random random = new Random(Long.getLong("sigrun.seed", 7));
        List<String> names = List.copyOf(config.get(List.of("*")).keySet());
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = random.nextInt(3); line >= 0; line--) {
                text.append(names.get(random.nextInt(names.size()))).append(' ');
                for (int j = random.nextInt(24); j > 0; j--) {
                    boolean plain = random.nextBoolean();
                    int bound = random.nextInt(256);
                    text.append(plain ? "019 -\"'\\x%kgmb.:/*[".charAt(bound % 19) : (char) bound);
                }
                text.append('\n');
            }
            try {
                loadText(text.toString());
            } catch (ConfigError expected) {
                assertTrue(expected.report().length() > 10);
            } catch (RuntimeException thrown) {
                throw new AssertionError("for " + Words.quote(text.toString()), thrown);
            }
        }
    }

    private void assertReport(String line, String shown, String reason) {
        assertEquals(
                Refusal.report(2, shown, reason), refuse("# x\n" + line + "\nport 1").report());
    }

    private ConfigError refuse(String text) {
        return assertThrows(ConfigError.class, () -> loadText(text));
    }

    private void loadText(String text) throws ConfigError {
        files.put("/srv/test.conf", text);
        load("", "test.conf");
    }

    private void load(String input, String... words) throws ConfigError {
        config = new Config(files);
        byte[] bytes = input.getBytes(StandardCharsets.ISO_8859_1);
        loader = new ConfigLoader(config, files, new ByteArrayInputStream(bytes));
        loader.load(CommandLine.parse(List.of(words)));
    }

    private String shown(String... names) {
        return config.get(List.of(names)).toString();
    }

    /** The reference's words. */
    private static final class Refusal {
        static final String BANNER = "\n*** FATAL CONFIG FILE ERROR (Version 9.1.2) ***\n";
        static final String BAD = "Bad directive or wrong number of arguments";

        static String report(int line, String shown, String reason) {
            return BANNER
                    + "Reading the configuration file, at line "
                    + line
                    + "\n>>> '"
                    + shown
                    + "'\n"
                    + reason
                    + "\n";
        }
    }
}
