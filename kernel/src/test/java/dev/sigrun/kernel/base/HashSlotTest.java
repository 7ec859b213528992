// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashSlotTest {
    /** What {@code CLUSTER KEYSLOT} of Valkey says. */
    @ParameterizedTest
    @CsvSource({
        "123456789, 12739",
        "foo, 12182",
        "{user}.x, 5474",
        "{user}.y, 5474",
        "a{}b, 13694",
        "x{y}{z}, 12222",
        "{, 4092",
        "'', 0",
        "}{a}, 15495"
    })
    void isThatOfTheReference(String key, int slot) {
        byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment block = arena.allocate(Math.max(bytes.length, 1));
            Memory.copy(bytes, 0, block.address(), bytes.length);
            assertEquals(slot, HashSlot.of(block.address(), bytes.length));
        }
    }
}
