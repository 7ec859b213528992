// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RdbInputTest {
    private interface Reading {
        void read(RdbInput in) throws RdbException;
    }

    @Test
    void readsEachFormOfLength() throws RdbException {
        for (long length :
                new long[] {0, 63, 64, 16383, 16384, 0xffffffffL, 0x100000000L, -1, 1L << 63}) {
            RdbOutput out = RdbOutput.keeping(1024, true);
            out.writeLength(length);
            reading(out.copy(), in -> assertEquals(length, in.readLength()));
        }
        reading(hex("810000000000000005"), in -> assertEquals(5, in.readLength()));
        for (String bad : new String[] {"", "40", "80000000", "81000000", "82", "bf", "c0", "ff"}) {
            assertCorrupt(hex(bad), RdbInput::readLength);
        }
    }

    @Test
    void readsEachFormOfString() throws RdbException {
        assertString("", "00");
        assertString("abc", "03616263");
        assertString("-128", "c080");
        assertString("32767", "c1ff7f");
        assertString("-2147483648", "c200000080");
        assertString("a".repeat(21), "c30615016161e00a00");
    }

    @Test
    void refusesStringsThatAreNotThere() {
        for (String bad :
                new String[] {
                    "",
                    "01",
                    "4101",
                    "80ffffffff",
                    "817fffffffffffffff",
                    "81ffffffffffffffff",
                    "c0",
                    "c101",
                    "c2010203",
                    "c4",
                    "ff",
                    "c3",
                    "c300",
                    "c30001",
                    "c3020100",
                    "c302020061",
                    "c302000061",
                    "c3020581ffffffffffffffff0061",
                    "c30281ffffffffffffffff0061",
                    "c302807fffffff0061"
                }) {
            assertCorrupt(hex(bad), RdbInput::readString);
        }
    }

    @Test
    void refusesCompressionThatClaimsTooMuchBeforeTakingMemory() {
        byte[] noise = Content.noise(Seed.random("claims"), 1 << 20);
        RdbOutput out = RdbOutput.keeping(1 << 22, false);
        out.writeByte(RdbFormat.STRING_LZF);
        out.writeLength(noise.length);
        out.writeLength(noise.length * 80L);
        out.writeRaw(noise, 0, noise.length);
        assertCorrupt(out.copy(), RdbInput::readString);
    }

    @Test
    void countsMustBePaidFor() throws RdbException {
        reading(
                hex("02aabbccdd"),
                in -> {
                    assertEquals(2, in.readCount(2));
                    in.skip(4);
                });
        assertCorrupt(hex("03aabbccdd"), in -> in.readCount(2));
        assertCorrupt(hex("81ffffffffffffffffaa"), in -> in.readCount(1));
    }

    @Test
    void skipsWhatItReads() throws RdbException {
        RdbOutput out = RdbOutput.keeping(1 << 20, true);
        out.beginModule("bloomfltr", 1);
        out.unsigned(1L << 40);
        out.signed(-7);
        out.dbl(Math.PI);
        out.flt(1f);
        for (String text : new String[] {"", "12", "-3000", "100000", "plain", "x".repeat(500)}) {
            out.string(text.getBytes(StandardCharsets.US_ASCII));
        }
        out.endModule();
        byte[] whole = out.copy();
        reading(whole, RdbInput::skipModule);
        for (int length = 0; length < whole.length; length++) {
            assertCorrupt(Arrays.copyOf(whole, length), RdbInput::skipModule);
        }
    }

    @Test
    void readsThePartsOfTheSignedKindToo() throws RdbException {
        reading(
                hex("00" + "0105" + "0206" + "00"),
                in -> {
                    in.beginModule();
                    assertEquals(Kind.SIGNED, in.peek());
                    assertEquals(5, in.signed());
                    assertEquals(Kind.UNSIGNED, in.peek());
                    assertEquals(6, in.signed());
                    assertEquals(Kind.END, in.peek());
                    in.endModule();
                });
    }

    @Test
    void partsOfAnotherKindAreRefused() {
        assertCorruptPart("0105", RdbInput::unsigned);
        assertCorruptPart("0205", RdbInput::string);
        assertCorruptPart("0500", RdbInput::dbl);
        assertCorruptPart("0500", RdbInput::flt);
        assertCorruptPart("0500", RdbInput::signed);
        assertCorruptPart("0205", RdbInput::endModule);
        assertCorruptPart("06", RdbInput::peek);
        assertCorruptPart("81ffffffffffffffff", RdbInput::peek);
        assertCorruptPart("", RdbInput::peek);
    }

    @Test
    void noiseIsRefusedOrReadButNeverMore() {
        Random random = Seed.random("noise");
        for (int i = 0; i < 30_000; i++) {
            byte[] noise = Content.noise(random, random.nextInt(60));
            if (noise.length > 0 && random.nextBoolean()) {
                noise[0] = (byte) (0xc0 + random.nextInt(5));
            }
            refusedOrRead(noise, RdbInput::readString);
            refusedOrRead(noise, RdbInput::skipString);
            refusedOrRead(noise, RdbInput::skipModule);
        }
    }

    @Test
    void stringsOfAnySortComeBack() throws RdbException {
        Random random = Seed.random("strings");
        for (int i = 0; i < 500; i++) {
            byte[] content = Content.any(random, i % 50 == 0 ? 100_000 : 500);
            RdbOutput out = RdbOutput.keeping(1 << 20, random.nextBoolean());
            out.writeString(content);
            reading(out.copy(), in -> assertArrayEquals(content, in.readString().copy()));
        }
    }

    private static void assertString(String text, String hex) throws RdbException {
        reading(hex(hex), in -> assertEquals(text, in.readString().text()));
        reading(hex(hex), RdbInput::skipString);
    }

    private static void assertCorruptPart(String hex, Reading reading) {
        assertCorrupt(
                hex("00" + hex),
                in -> {
                    in.beginModule();
                    reading.read(in);
                });
    }

    private static void assertCorrupt(byte[] content, Reading reading) {
        RdbException refused =
                assertThrows(RdbException.class, () -> readSome(content, reading, false));
        assertEquals(RdbException.Reason.CORRUPT, refused.reason());
    }

    private static void refusedOrRead(byte[] content, Reading reading) {
        try {
            readSome(content, reading, false);
        } catch (RdbException expected) {
            assertEquals(RdbException.Reason.CORRUPT, expected.reason());
        }
    }

    private static void reading(byte[] content, Reading reading) throws RdbException {
        readSome(content, reading, true);
    }

    private static void readSome(byte[] content, Reading reading, boolean toTheEnd)
            throws RdbException {
        try (Held held = new Held().hold(content);
                RdbInput in = new RdbInput().wrap(held.address(), held.length())) {
            reading.read(in);
            if (toTheEnd) {
                in.requireEnd();
            }
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
