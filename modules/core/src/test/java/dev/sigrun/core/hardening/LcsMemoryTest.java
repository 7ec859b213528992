// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The table of a longest common subsequence has a limit: four bytes for each pair of places. */
final class LcsMemoryTest {
    private static final String TOO_LARGE =
            "-ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final FrontDoor door = new FrontDoor(SERVER);

    private void store(String key, int length) {
        door.make("SETRANGE " + key + " " + (length - 1) + " x");
    }

    @Test
    void twoStringsWhoseTableWouldNotFitAreRefusedInEveryForm() {
        SERVER.set("proto-max-bulk-len", "512mb");
        store("k", 12_000);
        store("l", 12_000);
        door.assertAllHarmless(
                TOO_LARGE,
                "LCS k l",
                "LCS k l IDX",
                "LCS k l LEN",
                "LCS k l IDX MINMATCHLEN 9223372036854775807 WITHMATCHLEN");
        door.assertAllHarmless(
                "-ERR value is not an integer or out of range",
                "LCS k l IDX MINMATCHLEN 9223372036854775808");
        door.assertAllHarmless(
                "-ERR If you want both the length and indexes, please just use IDX.",
                "LCS k l IDX LEN");
    }

    @Test
    void theLimitIsMetToTheByte() {
        SERVER.set("proto-max-bulk-len", "1mb");
        store("k", 511);
        store("l", 511);
        door.assertHarmless(":511", "LCS", "k", "l", "LEN");
        store("l", 512);
        door.assertHarmless(TOO_LARGE, "LCS", "k", "l", "LEN");
        // One of both may be long when the other is not.
        store("l", 262_143);
        door.assertHarmless(":0", "LCS", "nokey", "l", "LEN");
        store("l", 262_144);
        door.assertHarmless(TOO_LARGE, "LCS", "nokey", "l", "LEN");
        SERVER.set("proto-max-bulk-len", "512mb");
    }
}
