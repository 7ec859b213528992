// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigGetTest {
    private final Config config = new Config(new FakeFiles());

    @Test
    void showsNamesInOrderWhateverTheOrderOfThePatterns() {
        assertEquals("{hz=10, port=6379, timeout=0}", get("timeout", "p?rt", "h[a-z]", "HZ"));
    }

    @Test
    void keepsTheSpellingOfAnExactName() {
        assertEquals("{MAXmemory=0}", get("MAXmemory", "maxmemory"));
    }

    @Test
    void patternsMatchOlderNamesToo() {
        assertEquals("{slowlog-log-slower-than=10000, slowlog-max-len=128}", get("SLOWLOG*"));
    }

    @Test
    void hiddenParametersNeedTheirExactName() {
        assertEquals("{}", get("watchdog-perio*"));
        assertEquals("{watchdog-period=0}", get("watchdog-period"));
    }

    @Test
    void unknownNamesAreLeftOut() {
        assertEquals("{}", get("nope", "nope*"));
    }

    @Test
    void textIsReadAsPeopleWriteItAndAsBytes() {
        String byteText =
                new String("pä".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        config.assign(SecurityParameters.REQUIREPASS, byteText);
        assertEquals("pä", config.text(SecurityParameters.REQUIREPASS));
        assertEquals(3, config.bytes(SecurityParameters.REQUIREPASS).length);
    }

    @Test
    void choicesHaveNamesAndCodes() {
        config.assign(MemoryParameters.MAXMEMORY_POLICY, "ALLKEYS-LFU");
        assertEquals("allkeys-lfu", config.choice(MemoryParameters.MAXMEMORY_POLICY));
        assertEquals(
                MemoryParameters.MAXMEMORY_POLICY.code("allkeys-lfu"),
                config.code(MemoryParameters.MAXMEMORY_POLICY));
        config.assign(MemoryParameters.OOM_SCORE_ADJ, "relative");
        assertEquals("yes", config.choice(MemoryParameters.OOM_SCORE_ADJ));
    }

    private String get(String... patterns) {
        return config.get(List.of(patterns)).toString();
    }
}
