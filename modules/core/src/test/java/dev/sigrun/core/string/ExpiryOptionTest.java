// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.core.string.ExpiryOption.Kind;
import dev.sigrun.spi.command.CommandException;
import org.junit.jupiter.api.Test;

final class ExpiryOptionTest {
    @Test
    void takesATimeAndItsNumber() throws CommandException {
        ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
        assertEquals(2, option.take(new FakeArgs("ex", "5"), 0));
        assertEquals(Kind.EX, option.kind());
        assertEquals(0, option.index());
    }

    @Test
    void takesItsOwnWordAndNoOther() throws CommandException {
        ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
        assertEquals(0, option.take(new FakeArgs("PERSIST"), 0));
        assertEquals(1, option.take(new FakeArgs("keepttl"), 0));
        assertEquals(true, option.isWord());
    }

    @Test
    void theLastOfTheSameKindCounts() throws CommandException {
        FakeArgs args = new FakeArgs("PX", "1", "PX", "2");
        ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
        option.take(args, 0);
        option.take(args, 2);
        assertEquals(2, option.index());
    }

    @Test
    void refusesTwoKinds() {
        for (String second : new String[] {"PX", "EXAT", "PXAT", "KEEPTTL"}) {
            ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
            FakeArgs args = new FakeArgs("EX", "1", second, "2");
            assertSame(
                    CommandException.SYNTAX,
                    assertThrows(
                            CommandException.class,
                            () -> {
                                option.take(args, 0);
                                option.take(args, 2);
                            }));
        }
    }

    @Test
    void refusesAMissingNumber() {
        ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
        assertThrows(CommandException.class, () -> option.take(new FakeArgs("PXAT"), 0));
    }

    @Test
    void forgetsThePreviousCommand() throws CommandException {
        ExpiryOption option = new ExpiryOption("test", "KEEPTTL");
        option.take(new FakeArgs("EX", "1"), 0);
        option.clear();
        assertEquals(1, option.take(new FakeArgs("KEEPTTL"), 0));
        assertEquals(false, option.isTime());
    }
}
