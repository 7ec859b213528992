// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.bloom.fake.FakeServer;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BloomPluginTest {
    private static final Set<String> COMMANDS =
            Set.of(
                    "bf.add",
                    "bf.card",
                    "bf.exists",
                    "bf.info",
                    "bf.insert",
                    "bf.load",
                    "bf.madd",
                    "bf.mexists",
                    "bf.reserve");

    @Test
    void declaresWhatValkeyBloomDeclares() throws Exception {
        FakeServer server = FakeServer.with(new BloomPlugin());
        assertEquals(COMMANDS, server.specs().keySet());
        assertEquals(List.of("bloom"), server.categories());
        assertEquals(Set.of("bloomfltr", "MBbloom--"), server.types().keySet());
        assertEquals(
                Set.of(
                        "bf.bloom-capacity",
                        "bf.bloom-expansion",
                        "bf.bloom-memory-usage-limit",
                        "bf.bloom-fp-rate",
                        "bf.bloom-tightening-ratio",
                        "bf.bloom-use-random-seed",
                        "bf.bloom-defrag-enabled"),
                server.parameters().keySet());
        assertEquals(
                Set.of("bf_bloom_core_metrics", "bf_bloom_defrag_metrics"),
                server.sections().keySet());
        for (CommandSpec spec : server.specs().values()) {
            assertEquals(-1, spec.arity());
            assertEquals(Set.of("bloom"), spec.categories());
            assertEquals(1, spec.keys().getFirst().beginIndex());
            assertEquals(
                    spec.flags().contains(CommandFlag.WRITE),
                    spec.keys().getFirst().uses().contains(KeySpec.Use.UPDATE));
            assertEquals(!spec.name().equals("bf.load"), spec.flags().contains(CommandFlag.FAST));
            assertEquals(
                    spec.flags().contains(CommandFlag.WRITE),
                    spec.flags().contains(CommandFlag.DENYOOM));
        }
    }

    @Test
    void everyCommandIsDocumented() throws Exception {
        try (InputStream in =
                BloomPlugin.class
                        .getClassLoader()
                        .getResourceAsStream("dev/sigrun/bloom/commands.json")) {
            String docs = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String command : COMMANDS) {
                assertTrue(docs.contains("\"" + command + "\": {"), command);
            }
        }
    }
}
