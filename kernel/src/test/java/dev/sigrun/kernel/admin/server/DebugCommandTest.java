// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.DebugAction;
import dev.sigrun.kernel.config.SecurityParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The digests are what valkey-server 9.1.2 answers for the same data. */
final class DebugCommandTest {
    private final Scene scene = new Scene();

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void digestOfNothingIsZero() {
        assertEquals("+" + "0".repeat(40) + "\r\n", scene.reply("debug", "digest"));
    }

    @Test
    void digestIsValkeys() {
        scene.set("a", "1", -1);
        scene.set("b", "2", Scene.NOW_MILLIS + 1000);
        assertEquals(
                "+2a565ed44c86ad1d3853f38b8cbf0a4f8a0a14b5\r\n", scene.reply("debug", "digest"));
    }

    @Test
    void digestDependsOnTheDatabase() {
        scene.set("a", "1", -1);
        String before = scene.reply("debug", "digest");
        assertEquals("+OK\r\n", scene.reply("swapdb", "0", "1"));
        assertNotEquals(before, scene.reply("debug", "digest"));
    }

    @Test
    void digestValueIsValkeys() {
        scene.set("a", "1", -1);
        scene.set("b", "2", Scene.NOW_MILLIS + 1000);
        assertEquals(
                "*3\r\n+b4fc66738120fba0b5aa500ab5c2bf89cea1c5da\r\n"
                        + "+2daece6f5f01a9d30bbb5eba5348d1ec0849e44a\r\n+"
                        + "0".repeat(40)
                        + "\r\n",
                scene.reply("debug", "digest-value", "a", "b", "absent"));
    }

    @Test
    void populateKeepsExistingKeys() throws Exception {
        scene.set("key:1", "mine", -1);
        assertEquals("+OK\r\n", scene.reply("debug", "populate", "3"));
        assertEquals("mine", scene.open("key:1").string().text());
        assertEquals("value:2", scene.open("key:2").string().text());
    }

    @Test
    void populateFillsUpWithZeros() throws Exception {
        assertEquals("+OK\r\n", scene.reply("debug", "populate", "1", "p", "9"));
        assertEquals("value:0\0\0", scene.open("p:0").string().text());
    }

    @Test
    void objectSeesKeysPastTheirTime() {
        scene.set("old", "1", Scene.NOW_MILLIS - 1);
        assertTrue(scene.reply("debug", "object", "old").startsWith("+Value at:0x"));
        assertEquals("-ERR no such key\r\n", scene.reply("debug", "object", "absent"));
    }

    @Test
    void tableStatisticsBeginAsOnValkey() {
        scene.set("a", "1", -1);
        String text = scene.reply("debug", "htstats", "0");
        assertTrue(
                text.contains(
                        "[Dictionary HT]\nHash table 0 stats (main hash table):\n table size: "),
                text);
    }

    @Test
    void sleepLetsTimePass() {
        assertEquals("+OK\r\n", scene.reply("debug", "sleep", "0.25"));
        assertEquals(250_000_000, scene.sleptNanos);
    }

    @Test
    void switchesTurn() {
        assertEquals("+OK\r\n", scene.reply("debug", "set-active-expire", "0"));
        assertFalse(scene.context.toggles().activeExpire);
        assertEquals("+OK\r\n", scene.reply("debug", "pause-cron", "1"));
        assertTrue(scene.context.toggles().cronPaused);
    }

    @Test
    void protocolFollowsTheClient() {
        assertEquals(":1\r\n", scene.reply("debug", "protocol", "true"));
        scene.session.protocol(3);
        assertEquals("#t\r\n", scene.reply("debug", "protocol", "true"));
        assertEquals(
                "(1234567999999999999999999999999999999\r\n",
                scene.reply("debug", "protocol", "bignum"));
    }

    @Test
    void unknownActionsAndCountsAreTheSame() {
        String text =
                "-ERR unknown subcommand or wrong number of arguments for 'sleep'."
                        + " Try DEBUG HELP.\r\n";
        assertEquals(text, scene.reply("debug", "sleep"));
        assertEquals(text.replace("sleep", "segfault"), scene.reply("debug", "segfault"));
    }

    @Test
    void needsPermission() {
        scene.config.assign(SecurityParameters.ENABLE_DEBUG_COMMAND, "no");
        assertTrue(
                scene.reply("debug", "help").startsWith("-ERR DEBUG command not allowed. If the"));
    }

    @Test
    void actionsMayComeFromElsewhereAndGo() {
        scene.context
                .debugActions()
                .put("of-a-plugin", new DebugAction(3, 3, command -> command.reply().integer(7)));
        assertEquals(":7\r\n", scene.reply("debug", "Of-A-Plugin", "x"));
        String unknown =
                "-ERR unknown subcommand or wrong number of arguments for 'of-a-plugin'. Try DEBUG"
                        + " HELP.\r\n";
        assertEquals(unknown, scene.reply("debug", "of-a-plugin"));
        scene.context.debugActions().remove("of-a-plugin");
        assertEquals(unknown, scene.reply("debug", "of-a-plugin", "x"));
    }
}
