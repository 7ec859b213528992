// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.config.MemoryParameters;
import dev.sigrun.kernel.config.SecurityParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ServerCommandsTest {
    private final Scene scene = new Scene();

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void configSetAndGetAgree() {
        assertEquals("+OK\r\n", scene.reply("config", "set", "maxmemory", "1mb"));
        assertEquals(
                "*2\r\n$9\r\nmaxmemory\r\n$7\r\n1048576\r\n",
                scene.reply("config", "get", "maxmemory"));
    }

    @Test
    void configSetErrorsHaveTheirCode() {
        String reply = scene.reply("config", "set", "maxmemory");
        assertEquals("-ERR wrong number of arguments for 'config|set' command\r\n", reply);
        assertTrue(scene.reply("config", "set", "nope", "1").startsWith("-ERR Unknown option"));
    }

    @Test
    void configRewriteMayBeRepeated() {
        assertEquals("+OK\r\n", scene.reply("config", "set", "maxmemory", "1mb"));
        assertEquals("+OK\r\n", scene.reply("config", "rewrite"));
        String once = scene.files.text("/srv/sigrun.conf").strip();
        assertEquals("+OK\r\n", scene.reply("config", "rewrite"));
        assertEquals(once, scene.files.text("/srv/sigrun.conf").strip());
    }

    @Test
    void resetStatBeginsAnew() {
        assertEquals("1000", scene.info("stats", "total_net_input_bytes"));
        assertEquals("+OK\r\n", scene.reply("config", "resetstat"));
        assertEquals("0", scene.info("stats", "total_net_input_bytes"));
    }

    @Test
    void flushEmptiesWhatItNames() {
        scene.set("a", "1", -1);
        assertEquals("+OK\r\n", scene.reply("swapdb", "0", "1"));
        scene.set("b", "1", -1);
        assertEquals("+OK\r\n", scene.reply("flushdb", "sync"));
        assertEquals(":0\r\n", scene.reply("dbsize"));
        assertEquals(1, scene.store.database(1).size());
        assertEquals("+OK\r\n", scene.reply("flushall"));
        assertEquals(0, scene.store.database(1).size());
        assertEquals("-ERR syntax error\r\n", scene.reply("flushall", "now"));
    }

    @Test
    void swapDbChecksBothNumbers() {
        assertEquals("-ERR invalid first DB index\r\n", scene.reply("swapdb", "x", "y"));
        assertEquals("-ERR invalid second DB index\r\n", scene.reply("swapdb", "0", "y"));
        assertEquals("-ERR DB index is out of range\r\n", scene.reply("swapdb", "0", "16"));
    }

    @Test
    void shutdownBlocksTheClient() {
        assertEquals("", scene.reply("shutdown", "nosave"));
        assertEquals(1, scene.shutdowns);
        assertTrue(scene.session.isBlocked());
    }

    @Test
    void shutdownRefusesWhatCannotBe() {
        assertEquals("-ERR syntax error\r\n", scene.reply("shutdown", "save", "nosave"));
        assertEquals("-ERR syntax error\r\n", scene.reply("shutdown", "abort", "now"));
        assertEquals("-ERR No shutdown in progress.\r\n", scene.reply("shutdown", "abort"));
        assertEquals(0, scene.shutdowns);
        assertFalse(scene.session.isBlocked());
    }

    @Test
    void objectCountsHitsAndMisses() {
        scene.set("a", "1", -1);
        assertEquals("$3\r\nint\r\n", scene.reply("object", "encoding", "a"));
        assertEquals("$-1\r\n", scene.reply("object", "encoding", "b"));
        assertEquals(1, scene.store.stats().keyspaceHits);
        assertEquals(1, scene.store.stats().keyspaceMisses);
    }

    @Test
    void frequencyNeedsItsPolicy() {
        scene.set("a", "1", -1);
        assertTrue(
                scene.reply("object", "freq", "a").startsWith("-ERR An LFU maxmemory policy is"));
        assertEquals(":0\r\n", scene.reply("object", "idletime", "a"));
        scene.store.accessClock().configure(true, 10, 1);
        assertTrue(scene.reply("object", "idletime", "a").startsWith("-ERR An LFU maxmemory"));
    }

    @Test
    void memoryUsageSeesKeysPastTheirTime() {
        scene.set("old", "value", Scene.NOW_MILLIS - 1);
        assertTrue(scene.reply("memory", "usage", "old").startsWith(":"));
        assertEquals("$-1\r\n", scene.reply("memory", "usage", "absent"));
        assertEquals("-ERR syntax error\r\n", scene.reply("memory", "usage", "old", "samples"));
    }

    @Test
    void modulesAreReadOnAnotherThread() {
        assertEquals("", scene.reply("module", "load", "/nowhere/plugin.jar"));
        assertTrue(scene.session.isBlocked());
        assertEquals(
                "-ERR Error loading the extension. Please check the server logs.\r\n",
                scene.runTasks());
        assertFalse(scene.session.isBlocked());
    }

    @Test
    void loadExNeedsWholePairs() {
        String failed = "-ERR Error loading the extension. Please check the server logs.\r\n";
        assertEquals(failed, scene.reply("module", "loadex", "/x.jar", "config", "name"));
        assertEquals(failed, scene.reply("module", "loadex", "/x.jar", "other"));
        assertTrue(scene.tasks.isEmpty());
    }

    @Test
    void modulesNeedPermission() {
        scene.config.assign(SecurityParameters.ENABLE_MODULE_COMMAND, "no");
        assertEquals(
                "-ERR MODULE command not allowed. If the enable-module-command option is set to"
                        + " \"local\", you can run it from a local connection, otherwise you need"
                        + " to set this option in the configuration file, and then restart the"
                        + " server.\r\n",
                scene.reply("module", "unload", "x"));
        assertEquals("*0\r\n", scene.reply("module", "list"));
    }

    @Test
    void helpHasTheShapeThatToolsKnow() {
        for (String name : new String[] {"config", "module", "memory", "object"}) {
            String reply = scene.reply(name, "help");
            assertTrue(
                    reply.contains(
                            "\r\n+" + name.toUpperCase(java.util.Locale.ROOT) + " <subcommand> "),
                    reply);
        }
        assertEquals("noeviction", scene.config.choice(MemoryParameters.MAXMEMORY_POLICY));
    }
}
