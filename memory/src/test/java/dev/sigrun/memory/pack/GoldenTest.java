// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The same steps must leave the same bytes as on the reference server. */
final class GoldenTest {
    @TestFactory
    Stream<DynamicTest> theSameStepsGiveTheBytesThatValkeyHas() {
        List<String> lines = Lines.read("golden.txt");
        return lines.stream()
                .map(line -> DynamicTest.dynamicTest(Lines.title(line), () -> check(line)));
    }

    private static void check(String line) {
        String[] parts = line.split(" ", 4);
        String[] steps = parts[3].split(", ");
        try (OffHeapBytes memory = new OffHeapBytes()) {
            byte[] result =
                    parts[0].equals("listpack") ? listpack(memory, steps) : intSet(memory, steps);
            assertEquals(parts[1], shown(result, parts[1]));
        }
    }

    private static String shown(byte[] result, String like) {
        if (!like.startsWith("sha256/")) {
            return HexFormat.of().formatHex(result);
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(result);
            return "sha256/" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] listpack(OffHeapBytes memory, String[] steps) {
        GrowingListpack list = new GrowingListpack(memory);
        for (String step : steps) {
            String[] word = step.split(" ", -1);
            switch (word[0]) {
                case "append" -> list.insert(-1, element(word[1]));
                case "insert" -> list.insert(Integer.parseInt(word[1]), element(word[2]));
                case "replace" -> list.replace(Integer.parseInt(word[1]), element(word[2]));
                default -> list.delete(Integer.parseInt(word[1]), Integer.parseInt(word[2]));
            }
        }
        assertTrue(Listpack.validate(list.address(), Listpack.bytes(list.address()), true));
        return list.content();
    }

    private static byte[] element(String spec) {
        if (spec.startsWith("t")) {
            return spec.substring(1).replace('_', ' ').getBytes(StandardCharsets.US_ASCII);
        }
        byte[] content = new byte[Integer.parseInt(spec, 1, spec.length(), 10)];
        for (int at = 0; at < content.length; at++) {
            content[at] = (byte) (at * 31 + content.length);
        }
        return content;
    }

    private static byte[] intSet(OffHeapBytes memory, String[] steps) {
        long set = memory.allocate(IntSet.EMPTY_BYTES);
        IntSet.create(set);
        for (String step : steps) {
            String[] word = step.split(" ", -1);
            long value = Long.parseLong(word[1]);
            long before = IntSet.bytes(set);
            if (word[0].equals("insert")) {
                set = memory.resize(set, before, IntSet.bytesWith(set, value));
                IntSet.insert(set, value);
            } else {
                assertTrue(IntSet.remove(set, value));
                set = memory.resize(set, before, IntSet.bytes(set));
            }
        }
        return OffHeapBytes.get(set, IntSet.bytes(set));
    }
}
