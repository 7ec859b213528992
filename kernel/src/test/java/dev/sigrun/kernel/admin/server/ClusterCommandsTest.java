// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.command.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClusterCommandsTest {
    private static final String DISABLED = "-ERR This instance has cluster support disabled\r\n";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aServerInNoClusterRefusesAllButTheSlotOfAKey() {
        Command cluster = scene.context.registry().table().find("cluster");
        assertEquals(34, cluster.subcommands().size());
        for (Command sub : cluster.subcommands().all()) {
            if (!sub.name().equals("keyslot")) {
                String[] words = new String[Math.abs(sub.spec().arity())];
                words[0] = "cluster";
                words[1] = sub.name();
                for (int i = 2; i < words.length; i++) {
                    words[i] = "1";
                }
                assertEquals(DISABLED, scene.reply(words), sub.fullName());
            }
        }
        assertEquals(DISABLED, scene.reply("asking"));
        assertEquals(DISABLED, scene.reply("clusterscan", "0"));
        assertEquals(":12182\r\n", scene.reply("cluster", "keyslot", "foo"));
    }

    @Test
    void theFormIsCheckedFirst() {
        assertEquals(
                "-ERR wrong number of arguments for 'cluster' command\r\n", scene.reply("cluster"));
        assertEquals(
                "-ERR wrong number of arguments for 'cluster|info' command\r\n",
                scene.reply("cluster", "info", "x"));
        assertTrue(scene.reply("cluster", "nosuch").startsWith("-ERR unknown subcommand 'nosuch'"));
    }
}
