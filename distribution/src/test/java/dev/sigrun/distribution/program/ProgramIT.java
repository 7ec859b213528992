// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process: what it prints, how it is configured, how it begins and ends. */
final class ProgramIT {
    @TempDir private Path folder;

    private ServerProcess start(String... arguments) {
        return ServerProcess.started(folder, 0, "", arguments);
    }

    private String refused(String... arguments) {
        try (ServerProcess server = start(arguments)) {
            assertEquals(1, server.status(), server::log);
            return server.log();
        }
    }

    @Test
    void servesUntilItIsAskedToStop() {
        Path pidFile = folder.resolve("pid");
        try (ServerProcess server =
                ServerProcess.serving(folder, "--pidfile", pidFile.toString())) {
            assertTrue(server.log().contains(" * Server initialized\n"), server::log);
            try (RespClient client = new RespClient(server.port())) {
                assertEquals("+PONG", client.call("PING"));
                String info = client.ask("INFO", "server").bulk();
                assertTrue(info.contains("\r\nprocess_id:" + server.pid() + "\r\n"), info);
                assertTrue(info.contains("\r\ntcp_port:" + server.port() + "\r\n"), info);
            }
            assertTrue(Files.exists(pidFile));
            assertEquals(0, server.stop(), server::log);
            assertTrue(server.log().contains("Received SIGTERM scheduling shutdown"), server::log);
            assertTrue(server.log().contains("bye bye"), server::log);
            assertFalse(Files.exists(pidFile));
        }
    }

    @Test
    void stopsByCommandWhileClientsAreConnected() {
        try (ServerProcess server = ServerProcess.serving(folder);
                RespClient idle = new RespClient(server.port());
                RespClient client = new RespClient(server.port())) {
            assertEquals("+PONG", idle.call("PING"));
            client.send("SHUTDOWN", "NOSAVE");
            assertEquals(0, server.status(), server::log);
            client.awaitClose();
            idle.awaitClose();
        }
    }

    @Test
    void saysItsVersionAndItsUsage() {
        for (String option : new String[] {"--version", "-v"}) {
            try (ServerProcess server = start(option)) {
                assertEquals(0, server.status());
                assertTrue(server.log().startsWith("Valkey server v=9.1."), server::log);
            }
        }
        for (String option : new String[] {"--help", "-h"}) {
            try (ServerProcess server = start(option)) {
                assertEquals(0, server.status());
                assertTrue(server.log().startsWith("Usage: sigrun-server "), server::log);
            }
        }
    }

    @Test
    void unknownDirectivesStopItInTheReferencesWords() throws IOException {
        String report = "\n*** FATAL CONFIG FILE ERROR (Version 9.1.";
        String option = refused("--nosuch", "1");
        assertTrue(option.startsWith(report), option);
        assertTrue(
                option.endsWith(
                        """
                        Reading the configuration file, at line 2
                        >>> 'nosuch "1"'
                        Bad directive or wrong number of arguments
                        """),
                option);
        Path file = Files.writeString(folder.resolve("bad.conf"), "port 0\n\nmaxmemory many\n");
        String line = refused(file.toString());
        assertTrue(line.startsWith(report), line);
        assertTrue(line.contains("at line 3\n>>> 'maxmemory many'\n"), line);
        String missing = refused(folder.resolve("none.conf").toString());
        assertTrue(missing.contains("Fatal error, can't open config file"), missing);
    }

    @Test
    void readsItsConfigurationFromStandardInputAndFiles() throws IOException {
        int port = ServerProcess.freePort();
        Path file = folder.resolve("server.conf");
        Files.writeString(file, "bind 127.0.0.1\nmaxmemory 20mb\ndatabases 4\nsave \"\"\n");
        String input = "port " + port + "\ndir " + folder + "\nmaxmemory 10mb\n";
        try (ServerProcess server =
                        ServerProcess.started(
                                folder, port, input, file.toString(), "--hz", "20", "-");
                RespClient client = connect(server)) {
            assertEquals("*[$\"maxmemory\", $\"10485760\"]", get(client, "maxmemory"));
            assertEquals("*[$\"databases\", $\"4\"]", get(client, "databases"));
            assertEquals("*[$\"hz\", $\"20\"]", get(client, "hz"));
            assertEquals("-ERR DB index is out of range", client.call("SELECT", "4"));
            assertEquals(0, server.stop(), server::log);
        }
    }

    @Test
    void loadsPluginsAndTheirValuesFromItsConfiguration() throws IOException {
        int port = ServerProcess.freePort();
        Path file = folder.resolve("server.conf");
        Files.writeString(
                file,
                """
                bind 127.0.0.1
                save ""
                dir %s
                port %d
                bf.bloom-capacity 77
                loadmodule %s first second
                """
                        .formatted(folder, port, ServerProcess.bloomJar()));
        try (ServerProcess server =
                        ServerProcess.started(
                                folder, port, "", file.toString(), "--bf.bloom-expansion", "5");
                RespClient client = connect(server)) {
            client.call("BF.ADD", "k", "a");
            assertEquals(":77", client.call("BF.INFO", "k", "CAPACITY"));
            assertEquals(":5", client.call("BF.INFO", "k", "EXPANSION"));
            String list = client.call("MODULE", "LIST");
            assertTrue(list.contains("$\"args\", *[$\"first\", $\"second\"]"), list);
        }
    }

    @Test
    void pluginsThatCannotBeLoadedStopIt() throws IOException {
        byte[] jar = Files.readAllBytes(ServerProcess.bloomJar());
        Path cut = Files.write(folder.resolve("cut.jar"), Arrays.copyOf(jar, jar.length / 2));
        assertTrue(loading(cut.toString()).contains("cut.jar is damaged or not a jar"));
        Path none = folder.resolve("none.jar");
        assertTrue(loading(none.toString()).contains(none.toString()));
        Path native1 = Files.write(folder.resolve("json.so"), new byte[] {0x7f, 'E', 'L', 'F'});
        assertTrue(loading(native1.toString()).contains("native module"));
        String twice =
                refused(
                        "--port", "0",
                        "--loadmodule", ServerProcess.bloomJar().toString(),
                        "--loadmodule", ServerProcess.bloomJar().toString());
        assertTrue(twice.contains("loaded already"), twice);
        String values = refused("--port", "0", "--bf.bloom-capacity", "5");
        assertTrue(values.contains("Module Configuration detected without loadmodule"), values);
        String bad =
                refused(
                        "--port", "0",
                        "--loadmodule", ServerProcess.bloomJar().toString(),
                        "--bf.bloom-capacity", "none");
        assertTrue(bad.contains("bf.bloom-capacity"), bad);
    }

    private String loading(String file) {
        return refused("--port", "0", "--loadmodule", file);
    }

    @Test
    void aPortThatIsTakenStopsIt() {
        try (ServerProcess server = ServerProcess.serving(folder)) {
            String log = refused("--port", "" + server.port(), "--bind", "127.0.0.1");
            assertTrue(log.contains("127.0.0.1:" + server.port()), log);
            assertTrue(log.contains("in use"), log);
        }
    }

    private static RespClient connect(ServerProcess server) {
        server.awaitLog("Ready to accept connections tcp");
        return new RespClient(server.port());
    }

    private static String get(RespClient client, String parameter) {
        return client.call("CONFIG", "GET", parameter);
    }
}
