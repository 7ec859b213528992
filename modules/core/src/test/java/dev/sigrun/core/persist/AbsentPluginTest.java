// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.OpaquePlugin;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.TrayPlugin;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plugin-missing-policy} makes of values whose plugin is not there any more. */
class AbsentPluginTest {
    private static final String WRONG_TYPE =
            "-WRONGTYPE Operation against a key holding the wrong kind of value";

    @TempDir Path folder;
    private String digest;

    private SigrunServer server(String policy) {
        return SigrunServer.withConfig(
                "--dir",
                folder.toString(),
                "--enable-debug-command",
                "yes",
                "--plugin-missing-policy",
                policy);
    }

    private SigrunServer serverWithPlugins() {
        return server("fail").plugin("tray", new TrayPlugin()).plugin("opaque", new OpaquePlugin());
    }

    @BeforeEach
    void saveValuesOfPlugins() {
        try (SigrunServer server = serverWithPlugins().start();
                RespClient client = server.connect()) {
            client.call("TRAY.PUT", "tray", "one", "two", "x".repeat(5000));
            client.call("TRAY.PUT", "passing", "three");
            client.call("PEXPIRE", "passing", "100000000");
            client.call("TESTKIT.OPAQUE", "opaque", "some text");
            client.call("SET", "plain", "text");
            digest = client.call("DEBUG", "DIGEST");
            assertEquals("+OK", client.call("SAVE"));
        }
    }

    @Test
    void withoutAPolicyTheServerDoesNotStart() {
        assertThrows(IllegalStateException.class, server("fail")::start);
    }

    @Test
    void whatIsKeptComesBackWithThePlugin() {
        try (SigrunServer without = server("keep").start();
                RespClient client = without.connect()) {
            assertEquals(":4", client.call("DBSIZE"));
            assertEquals("+sgrntrays", client.call("TYPE", "tray"));
            assertEquals(WRONG_TYPE, client.call("GET", "tray"));
            assertEquals(WRONG_TYPE, client.call("LPUSH", "opaque", "a"));
            assertEquals("$\"text\"", client.call("GET", "plain"));
            client.call("RENAME", "opaque", "renamed");
            client.call("COPY", "tray", "second");
            assertEquals("+OK", client.call("DEBUG", "RELOAD"));
            assertEquals("+OK", client.call("SAVE"));
        }
        try (SigrunServer back = serverWithPlugins().start();
                RespClient client = back.connect()) {
            assertEquals(":5", client.call("DBSIZE"));
            assertEquals(":4", client.call("TRAY.PUT", "second", "four"));
            assertEquals(":1", client.call("DEL", "second"));
            client.call("RENAME", "renamed", "opaque");
            assertEquals(digest, client.call("DEBUG", "DIGEST"));
            assertEquals("+OK", client.call("FLUSHALL"));
        }
    }

    @Test
    void whatIsSkippedIsCountedInTheLog() {
        List<String> lines = new java.util.concurrent.CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.sigrun.kernel.load");
        Handler hearer =
                new Handler() {
                    @Override
                    public void publish(LogRecord line) {
                        lines.add(line.getMessage());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        logger.addHandler(hearer);
        try (SigrunServer server = server("skip").start();
                RespClient client = server.connect()) {
            assertEquals(":1", client.call("DBSIZE"));
            assertEquals("$\"text\"", client.call("GET", "plain"));
            client.call("FLUSHALL");
        } finally {
            logger.removeHandler(hearer);
        }
        assertTrue(lines.contains("3 keys of absent plugins were left out"), lines.toString());
    }
}
