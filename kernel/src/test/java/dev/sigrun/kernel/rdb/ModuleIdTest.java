// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ModuleIdTest {
    @Test
    void packsTheNamesOfKnownTypes() {
        assertPacked("bloomfltr", 1, 0x6e5a2899f96dac01L);
        assertPacked("MBbloom--", 4, 0x3016e5a289bef804L);
        assertPacked("MBbloomCF", 4, 0x3016e5a289821404L);
        assertPacked("CMSk-TYPE", 0, 0x08c4a4f9360f1000L);
        assertPacked("TopK-TYPE", 0, 0x4e8a4af9360f1000L);
        assertPacked("TDIS-TYPE", 0, 0x4c3212f9360f1000L);
        assertPacked("topk-type", 1, 0xb68a64fadca97801L);
        assertPacked("cuckooflt", 1, 0x72e724a287e5b401L);
        assertPacked("ReJSON-RL", 3, 0x45e25238df912c03L);
        assertPacked("TSDB-TYPE", 9, 0x4d20c1f9360f1009L);
        assertPacked("Vk-Search", 1, 0x564f9279aadc8401L);
        assertPacked("ft_index0", 27, 0x7edfe29dd7b1d01bL);
        assertPacked("trietype0", 2, 0xb6b89eb72a5ed002L);
        assertPacked("scdtype00", 1, 0xb1c76dca97b4d001L);
    }

    @Test
    void eachNumberIsANameAndAVersion() {
        Random random = Seed.random("module ids");
        for (int i = 0; i < 10_000; i++) {
            long id = random.nextLong();
            assertEquals(id, ModuleId.pack(ModuleId.name(id), ModuleId.version(id)));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        for (String name :
                new String[] {"", "short", "tencharact", "with spac", "umlaut\u00e4ue"}) {
            assertThrows(IllegalArgumentException.class, () -> ModuleId.pack(name, 0), name);
        }
        assertThrows(IllegalArgumentException.class, () -> ModuleId.pack("bloomfltr", 1024));
        assertThrows(IllegalArgumentException.class, () -> ModuleId.pack("bloomfltr", -1));
    }

    private static void assertPacked(String name, int version, long id) {
        assertEquals(Long.toHexString(id), Long.toHexString(ModuleId.pack(name, version)), name);
        assertEquals(name, ModuleId.name(id));
        assertEquals(version, ModuleId.version(id));
    }
}
