// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbException.Reason;
import dev.sigrun.spi.type.RdbWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ModuleValueCodecTest {
    private static final List<String> VALUE =
            List.of("", "1", "-12345", "text", "a".repeat(300), "0123456789012345678901234");

    private final FakeType type = new FakeType();

    @Test
    void valuesComeBack() throws RdbException {
        byte[] written = written();
        assertEquals(VALUE, read(written));
        assertEquals(0, type.freed);
    }

    @Test
    void imagesAreWrittenLikeTheirValues() throws RdbException {
        RdbOutput out = RdbOutput.keeping(1 << 20, true);
        ModuleValueCodec.write(
                out,
                type,
                new Frozen() {
                    @Override
                    public void encode(RdbWriter to, int version) {
                        type.encode(null, VALUE, to, version);
                    }

                    @Override
                    public void close() {}
                });
        assertEquals(Arrays.toString(written()), Arrays.toString(out.copy()));
    }

    @Test
    void theNameSaysWhichCodecToTake() throws RdbException {
        byte[] written = written();
        try (Held held = new Held().hold(written);
                RdbInput in = new RdbInput().wrap(held.address(), held.length())) {
            assertEquals(FakeType.WIRE_NAME, ModuleId.name(in.peekModuleId()));
            assertEquals(VALUE, ModuleValueCodec.read(in, type, type, null));
        }
        written[3] ^= 1;
        assertReason(Reason.UNKNOWN_TYPE, written);
    }

    @Test
    void versionsOutOfRangeAreRefused() throws RdbException {
        type.version = 2;
        assertEquals(VALUE, read(written()));
        type.version = 1;
        assertReason(Reason.TOO_OLD, written());
        type.version = 4;
        assertReason(Reason.TOO_NEW, written());
        type.version = -1;
        assertThrows(IllegalArgumentException.class, this::written);
    }

    @Test
    void valueWithoutItsEndIsFreed() throws RdbException {
        byte[] written = written();
        byte[] more = Arrays.copyOf(written, written.length + 1);
        more[written.length - 1] = RdbFormat.PART_UNSIGNED;
        assertReason(Reason.CORRUPT, more);
        assertEquals(1, type.decoded);
        assertEquals(1, type.freed);
    }

    @Test
    void whatFollowsIsLeftAlone() throws RdbException {
        byte[] written = written();
        assertEquals(VALUE, read(Arrays.copyOf(written, written.length + 1)));
        assertEquals(0, type.freed);
    }

    @Test
    void eachTruncationIsRefused() throws RdbException {
        byte[] written = written();
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThrows(RdbException.class, () -> read(cut));
            assertEquals(type.decoded, type.freed);
        }
    }

    @Test
    void flippedBitsAreRefusedOrReadButNeverLeak() throws RdbException {
        Random random = Seed.random("flipped");
        byte[] written = written();
        for (int i = 0; i < 20_000; i++) {
            byte[] flipped = written.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int kept = type.decoded - type.freed;
            try {
                read(flipped);
                kept++;
            } catch (RdbException refused) {
                // Whatever the reason, nothing may be left behind.
            }
            assertEquals(kept, type.decoded - type.freed);
        }
    }

    private byte[] written() throws RdbException {
        RdbOutput out = RdbOutput.keeping(1 << 20, true);
        ModuleValueCodec.write(out, type, null, VALUE);
        return out.copy();
    }

    private List<String> read(byte[] content) throws RdbException {
        try (Held held = new Held().hold(content);
                RdbInput in = new RdbInput().wrap(held.address(), held.length())) {
            return ModuleValueCodec.read(in, type, type, null);
        }
    }

    private void assertReason(Reason reason, byte[] content) {
        RdbException refused = assertThrows(RdbException.class, () -> read(content));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }
}
