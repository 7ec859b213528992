// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Payloads with the right checksum that claim what is not so. They are refused, nothing is left of
 * them, and what they claim is never allocated: the heap of the tests could not hold it, and the
 * server would log that.
 */
final class LyingPayloadTest {
    private static final String REFUSED = "-ERR Bad data format";

    /** 2^31 - 1, 2^32 - 1, 2^40 and 2^63 - 1 where a length stands. */
    private static final List<String> CLAIMS =
            List.of("807fffffff", "80ffffffff", "810000010000000000", "817fffffffffffffff");

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private RespClient client;
    private String pattern;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("SET", "pattern", "x");
        pattern = client.ask("DUMP", "pattern").bulk();
    }

    private void assertRefused(String hexadecimal) {
        long before = SERVER.usedBytes();
        String payload = OlderPayloads.of(pattern, hexadecimal);
        assertEquals(REFUSED, client.call("RESTORE", "k", "0", payload), hexadecimal);
        assertEquals(":1", client.call("DBSIZE"));
        assertEquals(before, SERVER.usedBytes(), hexadecimal);
        assertEquals("+PONG", client.call("PING"));
    }

    @Test
    void aNumberOfElementsThatAreNotThere() {
        for (String claim : CLAIMS) {
            for (String type : List.of("01", "02", "03", "04", "05", "0e", "12", "16")) {
                assertRefused(type + claim);
                assertRefused(type + claim + "0161 0131");
                assertRefused(type + claim + "0161 0131".repeat(500));
            }
            assertRefused("0f" + claim);
            assertRefused("13" + claim);
            assertRefused("15" + claim);
        }
    }

    @Test
    void aLengthOfAStringThatIsNotThere() {
        for (String claim : CLAIMS) {
            assertRefused("00" + claim + "61");
            assertRefused("01 01" + claim + "61");
            assertRefused("04 01 0161" + claim);
            for (String packed : List.of("09", "0a", "0b", "0c", "0d", "10", "11", "14")) {
                assertRefused(packed + claim + "61");
            }
        }
    }

    @Test
    void aCompressedStringThatIsLargeOnceUnpacked() {
        for (String claim : CLAIMS) {
            assertRefused("00 c3 05" + claim + "0061 e0 00 00");
            assertRefused("00 c3" + claim + "0a 0061 e0 00 00");
            assertRefused("0b c3 05" + claim + "0061 e0 00 00");
        }
        // It ends before its length, and after; and it refers to what is before its beginning.
        assertRefused("00 c3 05 0b 0061 e0 00 00");
        assertRefused("00 c3 05 09 0061 e0 00 00");
        assertRefused("00 c3 05 0a 0061 e0 00 01");
        assertRefused("00 c3 00 0a");
        assertRefused("00 c3 05 00 0061 e0 00 00");
    }

    @Test
    void aFieldOfAHashThatComesTwice() {
        assertRefused("04 02 0161 0131 0161 0132");
        assertRefused("09 0c 02 0161 01 00 31 0161 01 00 32 ff");
        assertRefused("0d 15 15000000 12000000 0400 000161 03f2 020161 03f3 ff");
        assertRefused("10 11 11000000 0400 816102 0101 816102 0201 ff");
        assertRefused("16 02 0161 0131 ffffffffffffffff 0161 0132 ffffffffffffffff");
    }

    @Test
    void aFieldOfAHashWithoutItsValueOrItsTime() {
        assertRefused("04 02 0161 0131 0162");
        assertRefused("09 06 01 0161 01 00 ff");
        assertRefused("0d 0e 0e000000 0a000000 0100 000161 ff");
        assertRefused("10 0a 0a000000 0100 816102 ff");
        assertRefused("16 01 0161 0131");
        assertRefused("16 01 0161 0131 00000000");
    }

    @Test
    void anEmptyHash() {
        for (String body :
                List.of(
                        "04 00",
                        "09 02 00ff",
                        "0d 0b 0b000000 0a000000 0000 ff",
                        "10 07 07000000 0000 ff",
                        "16 00")) {
            assertRefused(body);
        }
    }

    // ---- HyperLogLogs, which are strings until they are used ----

    private void storeSparse(String runs) {
        client.call("SET", "k", "HYLL\1\0\0\0\0\0\0\0\0\0\0\u0080" + runs);
    }

    @Test
    void sparseRegistersThatAreTooManyOrTooFew() {
        String corrupted = "-INVALIDOBJ Corrupted HLL object detected";
        for (String runs :
                List.of(
                        "\u007f\u00ff\u007f\u00ff",
                        "\u007f\u00ff\0",
                        "\0",
                        "",
                        "\u007f\u00ff\u0080",
                        "\u007f",
                        "\u007f\u00fe\u0083",
                        "\u00ff\u00ff\u00ff",
                        "\u0080\u007f\u00ff",
                        "\u007f\u00ff".repeat(100_000),
                        "\u00ff".repeat(100_000))) {
            for (String command :
                    List.of("PFCOUNT k", "PFCOUNT k nokey", "PFMERGE d k", "PFDEBUG GETREG k")) {
                storeSparse(runs);
                String before = client.call("GET", "k");
                assertEquals(corrupted, client.run(command).toString(), command);
                assertEquals(":0", client.call("EXISTS", "d"));
                assertEquals(before, client.call("GET", "k"), command);
            }
            storeSparse(runs);
            String added = client.call("PFADD", "k", "a", "b", "c");
            assertTrue(added.equals(corrupted) || added.equals(":1"), added);
            assertEquals("+PONG", client.call("PING"));
        }
    }
}
