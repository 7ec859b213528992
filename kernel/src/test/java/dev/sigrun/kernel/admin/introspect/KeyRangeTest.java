// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import org.junit.jupiter.api.Test;

final class KeyRangeTest {
    private static KeyRange range(KeySpec... keys) {
        CommandSpec.Builder builder = CommandSpec.command("x", -1);
        for (KeySpec key : keys) {
            builder.key(key);
        }
        return KeyRange.of(builder.build());
    }

    @Test
    void isEmptyWithoutKeys() {
        assertEquals(new KeyRange(0, 0, 0, false), range());
    }

    @Test
    void isTheOnlyRange() {
        assertEquals(new KeyRange(1, 1, 1, false), range(KeySpec.at(1, Use.RO)));
        assertEquals(new KeyRange(1, -1, 2, false), range(KeySpec.range(1, -1, 2, Use.OW)));
    }

    @Test
    void joinsRangesThatFollowOnEachOther() {
        assertEquals(
                new KeyRange(1, 2, 1, false), range(KeySpec.at(1, Use.RO), KeySpec.at(2, Use.OW)));
        assertEquals(
                new KeyRange(1, -1, 1, false),
                range(KeySpec.at(1, Use.RO), KeySpec.range(2, -1, 1, Use.OW)));
    }

    @Test
    void isNotTheWholeTruthWhereKeysAreElsewhere() {
        assertEquals(
                new KeyRange(1, 1, 1, true),
                range(KeySpec.at(1, Use.OW), KeySpec.counted(2, 1, 1, Use.RO)));
        assertEquals(new KeyRange(0, 0, 0, true), range(KeySpec.counted(2, 1, 1, Use.RO)));
        assertEquals(new KeyRange(1, 1, 1, true), range(KeySpec.at(1, Use.RW, Use.INCOMPLETE)));
    }

    @Test
    void isNotMovedByAFinderThatOnlyKnowsMoreAboutARange() {
        CommandSpec.Builder builder = CommandSpec.command("x", -1).finder(args -> new int[] {1});
        assertEquals(new KeyRange(0, 0, 0, true), KeyRange.of(builder.build()));
        builder.key(KeySpec.at(1, Use.RW, Use.VARIABLE_FLAGS));
        assertEquals(new KeyRange(1, 1, 1, false), KeyRange.of(builder.build()));
    }
}
