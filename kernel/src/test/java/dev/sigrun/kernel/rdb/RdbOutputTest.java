// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class RdbOutputTest {
    @Test
    void writesEachLengthInItsShortestForm() {
        assertWritten("00", out -> out.writeLength(0));
        assertWritten("3f", out -> out.writeLength(63));
        assertWritten("4040", out -> out.writeLength(64));
        assertWritten("7fff", out -> out.writeLength(16383));
        assertWritten("8000004000", out -> out.writeLength(16384));
        assertWritten("80ffffffff", out -> out.writeLength(0xffffffffL));
        assertWritten("810000000100000000", out -> out.writeLength(0x100000000L));
        assertWritten("81ffffffffffffffff", out -> out.writeLength(-1));
    }

    @Test
    void writesNumbersLowestByteFirst() {
        assertWritten("0102", out -> out.writeShort(0x0201));
        assertWritten("01020304", out -> out.writeInt(0x04030201));
        assertWritten("0102030405060708", out -> out.writeLong(0x0807060504030201L));
        assertWritten("000000000000f83f", out -> out.writeDouble(1.5));
        assertWritten("0000c03f", out -> out.writeFloat(1.5f));
    }

    @Test
    void marksTheParts() {
        assertWritten(
                "816e5a2899f96dac01"
                        + "0205"
                        + "0281ffffffffffffffff"
                        + "04000000000000f83f"
                        + "030000c03f"
                        + "05c00c"
                        + "05026162"
                        + "00",
                out -> {
                    out.beginModule("bloomfltr", 1);
                    out.unsigned(5);
                    out.signed(-1);
                    out.dbl(1.5);
                    out.flt(1.5f);
                    out.string(new byte[] {'1', '2'});
                    out.string(new byte[] {'a', 'b'});
                    out.endModule();
                });
    }

    @Test
    void stringInPartsIsLeftAsItIs() {
        try (Held held = new Held().hold(new byte[] {'1', '2', '3'})) {
            assertWritten(
                    "00" + "0503" + "313233" + "0500" + "00",
                    out -> {
                        out.beginModule(0);
                        out.beginString(3);
                        out.part(held.address(), 2);
                        out.part(held.address() + 2, 1);
                        out.beginString(0);
                        out.endModule();
                    });
        }
    }

    @Test
    void refusesMisuseOfParts() {
        RdbOutput out = RdbOutput.keeping(1024, true);
        assertThrows(IllegalStateException.class, () -> out.unsigned(1));
        assertThrows(IllegalStateException.class, out::endModule);
        out.beginModule(0);
        assertThrows(IllegalStateException.class, () -> out.beginModule(0));
        out.beginString(1);
        assertThrows(IllegalStateException.class, () -> out.unsigned(1));
        assertThrows(IllegalStateException.class, out::endModule);
        assertThrows(IllegalStateException.class, () -> out.part(0, 2));
        out.reset();
        out.beginModule(0);
        out.endModule();
    }

    @Test
    void compressesOnlyWhenToldAndWhenItPays() {
        byte[] content = Content.of("repeat:a:21");
        assertWritten(
                "15" + "61".repeat(21),
                out -> {
                    out.compression(false);
                    out.writeString(content);
                });
        RdbOutput out = RdbOutput.keeping(1 << 20, true);
        out.writeString(content);
        assertEquals(RdbFormat.STRING_LZF, out.array()[0] & 0xff);
        out.reset();
        byte[] noise = Content.noise(Seed.random("incompressible"), 1000);
        out.writeString(noise);
        assertEquals(noise.length + 2, out.size());
    }

    @Test
    void stopsAtItsLimit() {
        RdbOutput out = RdbOutput.keeping(1000, false);
        out.writeRaw(new byte[1000], 0, 1000);
        assertThrows(OutputFull.class, () -> out.writeByte(0));
        assertThrows(OutputFull.class, () -> out.writeString(new byte[50]));
        assertEquals(1000, out.size());
        out.reset();
        assertThrows(OutputFull.class, () -> out.writeString(new byte[999]));
        out.reset();
        out.writeByte(1);
        assertArrayEquals(new byte[] {1}, out.copy());
    }

    @Test
    void fitsUnderItsLimitByCompression() {
        RdbOutput out = RdbOutput.keeping(1000, true);
        out.writeString(new byte[50_000]);
        assertTrue(out.size() < 1000);
    }

    @Test
    void drainedBytesAreThoseThatWouldBeKept() {
        Random random = Seed.random("drained");
        for (int round = 0; round < 20; round++) {
            ByteArrayOutputStream drained = new ByteArrayOutputStream();
            RdbOutput kept = RdbOutput.keeping(RdbOutput.BYTES_MAX, true);
            RdbOutput out = RdbOutput.draining(1 << 18, true, drained::write);
            for (int i = 0; i < 200; i++) {
                byte[] content = Content.any(random, i % 50 == 0 ? 200_000 : 1_000);
                long number = random.nextLong() >>> random.nextInt(64);
                try (Held held = new Held().hold(content)) {
                    for (RdbOutput each : new RdbOutput[] {kept, out}) {
                        each.writeString(held.address(), held.length());
                        each.writeString(content);
                        each.writeLength(number);
                        each.writeRaw(held.address(), held.length());
                    }
                }
            }
            out.flush();
            assertEquals(kept.written(), out.written());
            assertArrayEquals(kept.copy(), drained.toByteArray());
        }
    }

    private static void assertWritten(String hex, Consumer<RdbOutput> writing) {
        RdbOutput out = RdbOutput.keeping(1 << 20, true);
        writing.accept(out);
        assertEquals(hex, HexFormat.of().formatHex(out.copy()));
    }
}
