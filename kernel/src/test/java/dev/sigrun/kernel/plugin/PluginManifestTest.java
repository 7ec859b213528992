// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PluginManifestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Plugin-Id", "Plugin-Class", "Plugin-Version", "Sigrun-Spi", "Sigrun-Java"})
    void namesAMissingAttribute(String key) {
        assertTrue(refusal(key, null).contains("has no " + key));
    }

    @ParameterizedTest
    @CsvSource({
        "Plugin-Id, Demo",
        "Plugin-Id, de mo",
        "Plugin-Id, ../demo",
        "Plugin-Id, a..b",
        "Plugin-Class, demo.1x",
        "Plugin-Class, demo/Demo",
        "Plugin-Version, 1.2",
        "Plugin-Version, 01.2.3",
        "Sigrun-Spi, 1",
        "Sigrun-Spi, 0.1.0",
        "Sigrun-Java, 25-ea",
        "Sigrun-Module-Name, a b",
        "Sigrun-Module-Version, -1",
    })
    void refusesIllFormedValues(String key, String value) {
        assertTrue(refusal(key, value).contains(key + ": '" + value + "'"));
    }

    @Test
    void refusesWhatDoesNotFitTheServer() {
        assertTrue(refusal("Sigrun-Spi", "0.2").contains("offers 0.1: use a newer server"));
        assertTrue(refusal("Sigrun-Spi", "1.0").contains("use a newer server"));
        assertTrue(refusal("Sigrun-Spi", "0.0").contains("use a build of the plugin"));
        assertTrue(refusal("Sigrun-Java", "99").contains("newer than this server's Java"));
        assertTrue(refusal("Plugin-Dependencies", "other").contains("not supported"));
    }

    @Test
    void refusesUnknownAttributesOfOurs() {
        assertTrue(refusal("Sigrun-Telepathy", "yes").contains("Sigrun-Telepathy is unknown"));
        assertTrue(refusal("SIGRUN-TELEPATHY", "yes").contains("is unknown"));
    }

    @Test
    void aNewerContractIsNamedBeforeItsAttributes() {
        PluginJar jar = PluginJar.bare().attribute("Sigrun-Spi", "7.0");
        assertTrue(refusal(jar.attribute("Sigrun-New", "x")).contains("Sigrun-Spi: 7.0"));
    }

    @Test
    void takesKnownAttributesAndDerivesTheRest() throws Exception {
        PluginJar jar =
                PluginJar.bare()
                        .attribute("Plugin-Version", "2.10.7-rc.1+build.5")
                        .attribute("Sigrun-Types", "demo@0-2/2")
                        .attribute("Sigrun-Commands", "DEMO.PING")
                        .attribute("Sigrun-Permissions", "threads")
                        .attribute("Sigrun-Experimental", "spi.script");
        PluginManifest manifest = PluginManifest.read(jar.manifestBytes());
        assertEquals("demo", manifest.name());
        assertEquals(21007, manifest.number());
        assertEquals("spi.script", manifest.experimental());
        PluginManifest huge =
                PluginManifest.read(
                        jar.attribute("Plugin-Version", "999999999.0.0").manifestBytes());
        assertEquals(Integer.MAX_VALUE, huge.number());
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1, 4, true",
        "1.4, 1, 4, true",
        "1.5, 1, 4, false",
        "2.0, 1, 4, false",
        "0.4, 1, 4, false",
        "0.4, 0, 4, true",
        "0.3, 0, 4, false",
        "0.5, 0, 4, false"
    })
    void fitsTheContractByItsRules(String wanted, int major, int minor, boolean fits) {
        String problem = PluginManifest.spiProblem(wanted, major, minor);
        if (fits) {
            assertNull(problem);
        } else {
            assertNotNull(problem);
        }
    }

    private static String refusal(String key, String value) {
        return refusal(PluginJar.bare().attribute(key, value));
    }

    private static String refusal(PluginJar jar) {
        return assertThrows(PluginException.class, () -> PluginManifest.read(jar.manifestBytes()))
                .logText();
    }
}
