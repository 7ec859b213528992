// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.number.Decimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Damaged bytes must be taken and refused as the reference server takes and refuses them. */
final class VerdictsTest {
    @TestFactory
    Stream<DynamicTest> damagedBytesAreTakenAndRefusedAsByValkey() {
        return Lines.read("verdicts.txt").stream()
                .map(line -> DynamicTest.dynamicTest(Lines.title(line), () -> check(line)));
    }

    private static void check(String line) {
        String[] parts = line.split(" ", 4);
        byte[] bytes = HexFormat.of().parseHex(parts[1]);
        try (OffHeapBytes memory = new OffHeapBytes()) {
            long at = memory.put(bytes);
            List<byte[]> elements =
                    switch (parts[0]) {
                        case "ziplist" -> ziplist(at, bytes.length);
                        case "zipmap" -> zipmap(at, bytes.length);
                        case "listpack" -> listpack(at, bytes.length);
                        default -> intSet(at, bytes.length);
                    };
            assertEquals(parts[3], shown(elements));
        }
    }

    private static String shown(List<byte[]> elements) {
        if (elements.isEmpty()) {
            return "bad";
        }
        return elements.stream()
                .map(element -> HexFormat.of().formatHex(element))
                .map(hex -> hex.isEmpty() ? "-" : hex)
                .collect(Collectors.joining(" ", "ok ", ""));
    }

    private static List<byte[]> ziplist(long at, int length) {
        Ziplist list = new Ziplist();
        List<byte[]> elements = new ArrayList<>();
        if (list.open(at, length)) {
            while (list.next()) {
                elements.add(
                        list.isInteger()
                                ? digits(list.integer())
                                : OffHeapBytes.get(list.stringAddress(), list.stringLength()));
            }
            assertEquals(list.count(), elements.size());
        }
        return elements;
    }

    /**
     * The server refuses a field that occurs twice, which is a matter of hashes, not of zipmaps.
     */
    private static List<byte[]> zipmap(long at, int length) {
        Zipmap map = new Zipmap();
        List<byte[]> elements = new ArrayList<>();
        HashSet<String> names = new HashSet<>();
        if (map.open(at, length)) {
            while (map.next()) {
                byte[] name = OffHeapBytes.get(map.nameAddress(), map.nameLength());
                elements.add(name);
                elements.add(OffHeapBytes.get(map.valueAddress(), map.valueLength()));
                if (!names.add(new String(name, StandardCharsets.ISO_8859_1))) {
                    return List.of();
                }
            }
            assertEquals(map.count(), elements.size() / 2);
        }
        return elements;
    }

    private static List<byte[]> listpack(long at, int length) {
        List<byte[]> elements = new ArrayList<>();
        if (Listpack.validate(at, length, true)) {
            try (OffHeapBytes memory = new OffHeapBytes()) {
                long scratch = memory.allocate(Decimal.BYTES_MAX);
                for (long entry = Listpack.first(at); entry != 0; entry = Listpack.next(entry)) {
                    elements.add(
                            OffHeapBytes.get(
                                    Listpack.contentAddress(entry, scratch),
                                    Listpack.contentLength(entry)));
                }
            }
        }
        return elements;
    }

    private static List<byte[]> intSet(long at, int length) {
        List<byte[]> elements = new ArrayList<>();
        if (IntSet.validate(at, length, true)) {
            for (int index = 0; index < IntSet.length(at); index++) {
                elements.add(digits(IntSet.valueAt(at, index)));
            }
        }
        return elements;
    }

    private static byte[] digits(long value) {
        try (OffHeapBytes memory = new OffHeapBytes()) {
            long at = memory.allocate(Decimal.length(value));
            return OffHeapBytes.get(at, Decimal.write(value, at));
        }
    }
}
