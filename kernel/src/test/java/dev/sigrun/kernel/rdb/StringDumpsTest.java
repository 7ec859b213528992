// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payloads of strings that Valkey itself made. */
final class StringDumpsTest {
    private record Golden(String description, String payloadHex) {
        byte[] content() {
            return Content.of(description);
        }

        byte[] payload() {
            return HexFormat.of().parseHex(payloadHex);
        }

        boolean isCompressed() {
            return (payload()[1] & 0xff) == RdbFormat.STRING_LZF;
        }
    }

    @Test
    void payloadsOfValkeyAreRead() throws Exception {
        try (Held held = new Held();
                RdbInput in = new RdbInput()) {
            for (Golden golden : golden()) {
                held.hold(golden.payload());
                DumpPayload payload = DumpPayload.verify(held.address(), held.length(), true, true);
                assertEquals(RdbFormat.TYPE_STRING, payload.type());
                assertEquals(RdbFormat.VERSION, payload.version());
                in.wrap(payload.bodyAddress(), payload.bodyLength());
                assertArrayEquals(
                        golden.content(), StringCodec.read(in).copy(), golden.description);
                in.requireEnd();
                in.wrap(payload.bodyAddress(), payload.bodyLength()).skipString();
                in.requireEnd();
            }
        }
    }

    @Test
    void payloadsAreThoseOfValkeyUnlessCompressed() throws Exception {
        RdbOutput out = RdbOutput.keeping(RdbOutput.BYTES_MAX, true);
        int same = 0;
        try (Held held = new Held()) {
            for (Golden golden : golden()) {
                held.hold(golden.content());
                out.reset();
                StringCodec.dump(out, held.address(), held.length(), RdbFormat.VERSION);
                if (golden.isCompressed()) {
                    assertEquals(RdbFormat.STRING_LZF, out.array()[1] & 0xff);
                    assertTrue(
                            out.size() <= golden.payload().length * 1.05 + 8, golden.description);
                } else {
                    assertArrayEquals(golden.payload(), out.copy(), golden.description);
                    same++;
                }
            }
        }
        assertTrue(same > 30, "the golden file is all there");
    }

    @Test
    void numbersAreWrittenLikeTheirDigits() throws Exception {
        RdbOutput out = RdbOutput.keeping(RdbOutput.BYTES_MAX, true);
        for (Golden golden : golden()) {
            String text = golden.description.substring(golden.description.indexOf(':') + 1);
            if (text.matches("0|-?[1-9][0-9]{0,18}") && !text.equals("9223372036854775808")) {
                out.reset();
                StringCodec.dump(out, Long.parseLong(text), RdbFormat.VERSION);
                assertArrayEquals(golden.payload(), out.copy(), golden.description);
            }
        }
    }

    private static List<Golden> golden() throws IOException {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                StringDumpsTest.class.getResourceAsStream("string-dumps.txt"),
                                StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .map(line -> new Golden(line[0], line[1]))
                    .toList();
        }
    }
}
