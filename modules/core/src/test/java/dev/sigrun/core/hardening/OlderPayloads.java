// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.testkit.DumpForge;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Sound payloads in layouts that are only read, and in those that chance decides. Any thread. */
final class OlderPayloads {
    private static final String LISTPACK =
            "16 16000000 0600 816102 0101 816202 0201 816302 0301 ff";
    private static final String ZIPLIST =
            "15 15000000 12000000 0400 00 01 61 03 f2 02 01 62 03 f3 ff";

    /** Each begins with its type; a ziplist and a listpack hold a, 1, b, 2 and so on. */
    private static final List<String> BODIES =
            List.of(
                    // Lists: one by one, a ziplist, ziplists, packed and plain nodes.
                    "01 02 0161 0162",
                    "0a" + ZIPLIST,
                    "0e 02" + ZIPLIST + ZIPLIST,
                    "12 02 02" + LISTPACK + "01 0178",
                    // Sets: one by one, integers of 16 and 64 bits, a listpack.
                    "02 03 0161 0162 0131",
                    "0b 0c 02000000 02000000 0100 0200",
                    "0b 18 08000000 02000000 0100000000000000 0200000000000000",
                    "14" + LISTPACK,
                    // Hashes: pairs, a zipmap, a ziplist, a listpack, pairs with times.
                    "04 02 0161 0131 0162 0132",
                    "09 0c 02 01 61 01 00 31 01 62 01 00 32 ff",
                    "0d" + ZIPLIST,
                    "10" + LISTPACK,
                    "16 02 0161 0131 00409452a3030000 0162 0132 ffffffffffffffff",
                    // Sorted sets: scores as text, a ziplist, doubles, a listpack.
                    "03 02 0161 0131 0162 03322e35",
                    "0c" + ZIPLIST,
                    "05 02 0161 000000000000f03f 0162 0000000000000440",
                    "11" + LISTPACK,
                    // Strings: integers of 8, 16 and 32 bits, and a compressed one.
                    "00 c0 05",
                    "00 c1 0102",
                    "00 c2 01020304",
                    "00 c3 05 0a 00 61 e0 00 00");

    private OlderPayloads() {}

    /** The payloads, with the version and the right checksum of a pattern. */
    static List<String> all(String pattern) {
        List<String> payloads = new ArrayList<>();
        for (String body : BODIES) {
            payloads.add(of(pattern, body));
        }
        return payloads;
    }

    /** A payload whose type and body are given in hexadecimal digits, with blanks. */
    static String of(String pattern, String hexadecimal) {
        byte[] body = HexFormat.of().parseHex(hexadecimal.replace(" ", ""));
        return DumpForge.seal(pattern, body);
    }
}
