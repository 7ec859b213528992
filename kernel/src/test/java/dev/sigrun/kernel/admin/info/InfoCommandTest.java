// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.server.Scene;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class InfoCommandTest {
    private final Scene scene = new Scene();

    @AfterEach
    void end() {
        scene.close();
    }

    private List<String> titles(String... words) {
        List<String> titles = new ArrayList<>();
        for (String line : scene.reply(words).split("\r\n", -1)) {
            if (line.startsWith("# ")) {
                titles.add(line.substring(2));
            }
        }
        return titles;
    }

    @Test
    void defaultSectionsComeInValkeysOrder() {
        assertEquals(
                List.of(
                        "Server",
                        "Clients",
                        "Memory",
                        "Persistence",
                        "Stats",
                        "Replication",
                        "CPU",
                        "Modules",
                        "Errorstats",
                        "Cluster",
                        "Keyspace"),
                titles("info"));
        assertEquals(titles("info"), titles("info", "default"));
    }

    @Test
    void namesAreTakenInAnyCase() {
        assertEquals(List.of("Server", "CPU"), titles("info", "cpu", "SERVER"));
        assertEquals(List.of(), titles("info", "nonsense"));
    }

    @Test
    void pluginsComeWithEverythingOnly() {
        scene.context.infoSections().put("bf_core", out -> out.field("bf_objects", 3));
        assertFalse(titles("info", "all").contains("bf_core"));
        assertTrue(titles("info", "everything").contains("bf_core"));
        assertEquals(List.of("bf_core"), titles("info", "bf"));
        assertEquals("3", scene.info("BF_CORE", "bf_objects"));
    }

    @Test
    void failingPluginCostsItsSectionOnly() {
        scene.context
                .infoSections()
                .put(
                        "bad",
                        out -> {
                            out.field("half", 1);
                            throw new IllegalStateException("for the test");
                        });
        assertEquals(List.of("Modules"), titles("info", "modules"));
    }

    @Test
    void keyspaceShowsDatabasesWithKeys() {
        scene.set("a", "1", -1);
        scene.set("b", "1", Scene.NOW_MILLIS + 5000);
        assertEquals(
                "keys=2,expires=1,avg_ttl=0,keys_with_volatile_items=0",
                scene.info("keyspace", "db0"));
        assertNull(scene.info("keyspace", "db1"));
    }

    @Test
    void memoryShowsWhatTheMachineSays() {
        assertEquals("104857600", scene.info("memory", "used_memory_rss"));
        assertEquals("100.00M", scene.info("memory", "used_memory_rss_human"));
        assertEquals("2048", scene.info("memory", "mem_clients_normal"));
        assertEquals("16.00G", scene.info("memory", "total_system_memory_human"));
    }

    @Test
    void timesHaveMicroseconds() {
        assertEquals("1.500000", scene.info("cpu", "used_cpu_user"));
        assertEquals("0.250000", scene.info("cpu", "used_cpu_sys"));
    }

    @Test
    void uptimeCountsFromTheStart() {
        assertEquals("90000", scene.info("server", "uptime_in_seconds"));
        assertEquals("1", scene.info("server", "uptime_in_days"));
    }

    @Test
    void errorsAreCountedByCode() {
        assertTrue(scene.reply("config", "set", "nope", "1").startsWith("-ERR"));
        assertEquals("count=1", scene.info("errorstats", "errorstat_ERR"));
        String stats = scene.info("commandstats", "cmdstat_config|set");
        assertEquals("calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=1", stats);
    }

    @Test
    void percentilesAreAsConfigured() {
        assertEquals("+OK\r\n", scene.reply("debug", "pause-cron", "0"));
        assertEquals(
                "+OK\r\n",
                scene.reply("config", "set", "latency-tracking-info-percentiles", "50 99.95"));
        String text = scene.info("latencystats", "latency_percentiles_usec_debug");
        assertTrue(text.matches("p50=0\\.\\d{3},p99\\.95=0\\.\\d{3}"), text);
    }

    @Test
    void verbatimInResp3() {
        scene.session.protocol(3);
        assertTrue(scene.reply("info", "cluster").startsWith("=34\r\ntxt:# Cluster\r\n"));
    }
}
