// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ParameterTableTest {
    private static final Set<String> OWN =
            Set.of(
                    "busy-warning-threshold",
                    "metrics-bind",
                    "metrics-port",
                    "plugin-missing-policy",
                    "rdb-version",
                    "replica-unknown-type-policy");

    private static final List<Parameter> ALL =
            Directives.builtIn().stream().filter(p -> !OWN.contains(p.name())).toList();

    @Test
    void hasEveryParameterAndAliasOfTheReference() {
        assertEquals(225, ALL.size());
        assertEquals(28, ALL.stream().filter(p -> p.alias() != null).count());
        Set<String> names = new HashSet<>();
        for (Parameter parameter : ALL) {
            names.add(parameter.name());
            names.add(parameter.alias());
        }
        for (String line : Facts.lines("defaults.txt")) {
            String name = line.substring(0, line.indexOf('='));
            assertTrue(names.contains(name), name);
        }
    }

    @Test
    void defaultsAreThoseOfTheReference() {
        Config config = new Config(new FakeFiles());
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        for (String line : Facts.lines("defaults.txt")) {
            String name = line.substring(0, line.indexOf('='));
            expected.put(name, line.substring(line.indexOf('=') + 1));
            actual.putAll(config.get(List.of(name)));
        }
        assertEquals(252, expected.size());
        assertEquals(expected, actual);
    }

    @Test
    void hidesAndFixesAsManyAsTheReferenceBuiltWithoutDebugLogs() {
        assertEquals(38, ALL.stream().filter(p -> p.is(Trait.IMMUTABLE)).count());
        assertEquals(15, ALL.stream().filter(p -> p.is(Trait.HIDDEN)).count());
        assertEquals(237 + OWN.size(), new Config(new FakeFiles()).get(List.of("*")).size());
    }

    @Test
    void noParameterIsBothHonouredAndMeaningless() {
        for (Parameter parameter : ALL) {
            assertTrue(
                    !parameter.is(Trait.HONOURED) || !parameter.is(Trait.MEANINGLESS),
                    parameter.name());
        }
    }
}
