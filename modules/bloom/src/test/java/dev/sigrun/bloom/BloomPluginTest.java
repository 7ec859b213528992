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
import java.util.HashSet;
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
        Set<String> commands = new HashSet<>(server.specs().keySet());
        commands.removeIf(name -> !name.startsWith("bf."));
        assertEquals(COMMANDS, commands);
        assertEquals(List.of("bloom", "cms", "cuckoo", "topk", "tdigest"), server.categories());
        assertEquals(
                Set.of(
                        "bloomfltr",
                        "MBbloom--",
                        "MBbloomCF",
                        "CMSk-TYPE",
                        "TopK-TYPE",
                        "TDIS-TYPE"),
                server.types().keySet());
        assertEquals(
                Set.of(
                        "bf.bloom-capacity",
                        "bf.bloom-expansion",
                        "bf.bloom-memory-usage-limit",
                        "bf.bloom-fp-rate",
                        "bf.bloom-tightening-ratio",
                        "bf.bloom-use-random-seed",
                        "bf.bloom-defrag-enabled",
                        "bf.sketch-memory-usage-limit",
                        "bf.cf-bucket-size",
                        "bf.cf-initial-size",
                        "bf.cf-max-iterations",
                        "bf.cf-expansion-factor",
                        "bf.cf-max-expansions"),
                server.parameters().keySet());
        assertEquals(
                Set.of(
                        "bf_bloom_core_metrics",
                        "bf_bloom_defrag_metrics",
                        "bf_sketch_core_metrics"),
                server.sections().keySet());
        for (String command : COMMANDS) {
            CommandSpec spec = server.specs().get(command);
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
