// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DumpPayloadTest {
    @Test
    void readsSharedAndOwnVersionsOnly() throws RdbException {
        for (int version : new int[] {1, 9, 11, 80}) {
            assertEquals(version, verify(payload(0, version), true, true).version());
        }
        for (int version : new int[] {0, 12, 79, 81, 999, 65535}) {
            assertRefused(payload(0, version), true, true);
        }
    }

    @Test
    void readsAnyVersionWhenRelaxed() throws RdbException {
        for (int version : new int[] {1, 11, 12, 79, 80, 81, 65535}) {
            assertEquals(0, verify(payload(0, version), false, true).type());
        }
        assertRefused(payload(0, 0), false, true);
    }

    @Test
    void refusesNewTypesOfForeignVersionsInTheWordsOfRestore() throws RdbException {
        assertEquals(22, verify(payload(22, 80), true, true).type());
        assertEquals(21, verify(payload(21, 12), false, true).type());
        RdbException refused =
                assertThrows(RdbException.class, () -> verify(payload(22, 12), false, true).type());
        assertEquals(Reason.FOREIGN_TYPE, refused.reason());
        assertEquals("Unsupported foreign data type: 22", refused.getMessage());
    }

    @Test
    void refusesTypesThatAreNone() {
        for (int type : new int[] {8, 23, 128, 243, 255}) {
            RdbException refused =
                    assertThrows(
                            RdbException.class, () -> verify(payload(type, 80), true, true).type());
            assertEquals(Reason.CORRUPT, refused.reason());
        }
        RdbOutput out = RdbOutput.keeping(1024, true);
        DumpPayload.seal(out, 80);
        assertThrows(RdbException.class, () -> verify(out.copy(), true, true).type());
    }

    @Test
    void refusesEachTruncationAndEachFlippedBit() {
        byte[] whole = payload(0, 80);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), false, true);
        }
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
            assertRefused(flipped, false, true);
        }
    }

    @Test
    void believesTheChecksumWhenTold() throws RdbException {
        byte[] zero = payload(0, 80);
        Arrays.fill(zero, zero.length - 8, zero.length, (byte) 0);
        assertRefused(zero, true, true);
        assertEquals(0, verify(zero, true, false).type());
        assertRefused(payload(0, 81), true, false);
    }

    @Test
    void drainedPayloadCannotBeSealed() {
        RdbOutput out = RdbOutput.draining(1024, false, (content, offset, length) -> {});
        out.writeRaw(new byte[2000], 0, 2000);
        assertThrows(IllegalStateException.class, () -> DumpPayload.seal(out, 80));
    }

    private static byte[] payload(int type, int version) {
        RdbOutput out = RdbOutput.keeping(1024, true);
        out.writeByte(type);
        out.writeString("content".getBytes(StandardCharsets.US_ASCII));
        DumpPayload.seal(out, version);
        return out.copy();
    }

    /** The record keeps addresses only, so what is asked of it must be asked while held. */
    private static Verified verify(byte[] payload, boolean strict, boolean checksummed)
            throws RdbException {
        try (Held held = new Held().hold(payload)) {
            DumpPayload view =
                    DumpPayload.verify(held.address(), held.length(), strict, checksummed);
            try {
                return new Verified(view.version(), view.type(), null);
            } catch (RdbException refused) {
                return new Verified(view.version(), -1, refused);
            }
        }
    }

    private record Verified(int version, int typeOrNone, RdbException refused) {
        int type() throws RdbException {
            if (refused != null) {
                throw refused;
            }
            return typeOrNone;
        }
    }

    private static void assertRefused(byte[] payload, boolean strict, boolean checksummed) {
        RdbException refused =
                assertThrows(RdbException.class, () -> verify(payload, strict, checksummed));
        assertEquals(Reason.CHECKSUM, refused.reason());
    }
}
