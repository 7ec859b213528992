// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.kernel.config.value.ConfigRejected;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PluginParameterTest {
    private final Config config = new Config(new FakeFiles());
    private final LongParameter capacity =
            LongParameter.number("bf.bloom-capacity", 100).between(1, 1000);

    @Test
    void appearsInGetAndSetOnceRegistered() {
        config.register(capacity);
        assertNull(config.set(List.of("BF.bloom-capacity", "7"), true, false));
        assertEquals(7, config.longValue(capacity));
        assertEquals(Map.of("bf.bloom-capacity", "7"), config.get(List.of("bf.*")));
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'bf.bloom-capacity') -"
                        + " argument must be between 1 and 1000 inclusive",
                config.set(List.of("bf.bloom-capacity", "0"), true, false));
    }

    @Test
    void takesUpAValueThatWasGivenBeforeThePluginCame() {
        config.addPendingModuleValue("BF.Bloom-Capacity", "5");
        config.addPendingModuleValue("bf.other", "x");
        config.register(capacity);
        assertEquals(5, config.longValue(capacity));
        assertEquals(Map.of("bf.other", "x"), config.pendingModuleValues());
    }

    @Test
    void isNotRegisteredWhereItsWaitingValueIsRefused() {
        config.addPendingModuleValue("bf.bloom-capacity", "0");
        assertThrows(ConfigRejected.class, () -> config.register(capacity));
        assertNull(config.find("bf.bloom-capacity"));
    }

    @Test
    void cannotTakeANameThatIsTaken() {
        config.register(capacity);
        BooleanParameter second = BooleanParameter.flag("bf.bloom-capacity", true);
        assertThrows(ConfigRejected.class, () -> config.register(second));
    }

    @Test
    void leavesWithItsPluginAndMayComeBackWithItsDefault() {
        config.register(capacity);
        config.assign(capacity, "9");
        config.onChange(capacity, () -> failOnReturn());
        config.unregister("BF");
        assertEquals(Map.of(), config.get(List.of("bf.*")));
        config.register(capacity);
        assertEquals(100, config.longValue(capacity));
        config.assign(capacity, "9");
    }

    @Test
    void belongsToOneConfigurationAtATime() {
        config.register(capacity);
        Config second = new Config(new FakeFiles());
        assertThrows(IllegalStateException.class, () -> second.register(capacity));
    }

    private static void failOnReturn() {
        throw new AssertionError("the listener outlived its plugin");
    }
}
