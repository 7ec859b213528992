// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are no good are refused with a reason, and the server serves on as before. */
final class BadPluginsIT {
    private static final String REFUSED =
            "-ERR Error loading the extension. Please check the server logs.";
    private static final String REGISTER = "public void register(Registrar r) {}\n";
    private static final String PING =
            "public void register(Registrar r) { r.command(CommandSpec.command(\"%s\", 1).build(),"
                    + " c -> c.reply().ok()); }\n";

    @TempDir private static Path folder;

    /** Files, each with the words that the log must have about it. */
    private static Map<Path, String> files() throws IOException {
        byte[] whole = Files.readAllBytes(ServerProcess.bloomJar());
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length - 9));
        Path empty = Files.write(folder.resolve("empty.jar"), new byte[0]);
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(cut, "is damaged or not a jar");
        files.put(empty, "is damaged or not a jar");
        files.put(
                new PluginSource(REGISTER).write(folder, false), "it has no META-INF/MANIFEST.MF");
        files.put(
                new PluginSource(REGISTER).attribute("Sigrun-Spi", "9.0").write(folder, true),
                "9.0");
        files.put(
                new PluginSource(REGISTER).attribute("Sigrun-Java", "99").write(folder, true),
                "99");
        files.put(
                new PluginSource(PING.formatted("GET")).write(folder, true),
                "the command 'get' exists already");
        files.put(
                new PluginSource("public void register(Registrar r) { int[] a = {}; a[1] = 2; }")
                        .write(folder, true),
                "register() failed");
        files.put(
                new PluginSource(
                                PING.formatted("DEMO.PING")
                                        + "public void start(PluginContext c) {"
                                        + " c.memory().allocate(1 << 20);"
                                        + " throw new IllegalStateException(\"no\"); }")
                        .write(folder, true),
                "cannot start");
        return files;
    }

    @Test
    void eachIsRefusedAndKeepsNothing() throws IOException {
        Map<Path, String> files = files();
        try (ServerProcess server = ServerProcess.serving(folder);
                RespClient client = new RespClient(server.port())) {
            client.call("SET", "k", "v");
            String commands = client.call("COMMAND", "COUNT");
            for (Map.Entry<Path, String> each : files.entrySet()) {
                int logged = server.log().length();
                assertEquals(REFUSED, client.call("MODULE", "LOAD", each.getKey().toString()));
                String said = server.log().substring(logged);
                assertTrue(said.contains(each.getValue()), said);
                assertEquals("$\"v\"", client.call("GET", "k"));
            }
            assertEquals(commands, client.call("COMMAND", "COUNT"));
            assertEquals("*[]", client.call("MODULE", "LIST"));
            long before = usedMemory(client);
            for (int i = 0; i < 20; i++) {
                for (Path file : files.keySet()) {
                    client.call("MODULE", "LOAD", file.toString());
                }
            }
            long after = usedMemory(client);
            assertTrue(after <= before + 4096, () -> before + " became " + after);
            Path good = new PluginSource(PING.formatted("DEMO.PING")).write(folder, true);
            assertEquals("+OK", client.call("MODULE", "LOAD", good.toString()));
            assertEquals("+OK", client.call("DEMO.PING"));
            assertEquals("+OK", client.call("MODULE", "UNLOAD", "demo"));
            assertEquals(0, server.stop(), server::log);
        }
    }

    private static long usedMemory(RespClient client) {
        String info = client.ask("INFO", "memory").bulk();
        String field = "\nused_memory:";
        int from = info.indexOf(field) + field.length();
        return Long.parseLong(info.substring(from, info.indexOf('\r', from)));
    }
}
