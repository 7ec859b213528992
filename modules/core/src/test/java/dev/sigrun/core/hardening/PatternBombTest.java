// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sigrun.testkit.SigrunServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Patterns that make a matcher go back over and over, or call itself over and over. What is tried
 * is bounded by the product of the lengths, so all of them are answered at once; the time allowed
 * is far beyond that, and only an endless matcher takes it.
 */
final class PatternBombTest {
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final int LARGE = 1 << 20;

    private static final List<String> BOMBS =
            List.of(
                    "a*".repeat(50) + "b",
                    "*a".repeat(999) + "b",
                    "*".repeat(LARGE) + "b",
                    "*?".repeat(LARGE / 2) + "b",
                    "[".repeat(LARGE),
                    "[a-z]*".repeat(900) + "b",
                    "[^a-z".repeat(LARGE / 5),
                    "[a-".repeat(LARGE / 3),
                    "\\[".repeat(LARGE / 2),
                    "\\".repeat(LARGE),
                    "[" + "a-z".repeat(LARGE / 3) + "]b",
                    "?".repeat(LARGE));

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final String longName = "a".repeat(20_000);
    private FrontDoor door;

    @BeforeEach
    void start() {
        door = new FrontDoor(SERVER);
    }

    @Test
    void ofKeys() {
        door.make("SET k v");
        door.client().call("SET", longName, "v");
        for (String bomb : BOMBS) {
            within("*[]", "KEYS", bomb);
            within("*[$\"0\", *[]]", "SCAN", "0", "COUNT", "100", "MATCH", bomb);
        }
    }

    @Test
    void ofElements() {
        door.client().call("SADD", "s", longName, "x");
        door.client().call("HSET", "h", longName, "v", "x", "v");
        door.client().call("ZADD", "z", "1", longName, "2", "x");
        for (String bomb : BOMBS) {
            for (String command : List.of("SSCAN s", "HSCAN h", "ZSCAN z")) {
                String name = command.substring(0, 5);
                within("*[$\"0\", *[]]", name, command.substring(6), "0", "MATCH", bomb);
            }
        }
    }

    @Test
    void ofKeysThatASortLooksUp() {
        door.make("RPUSH k 1 2 3");
        for (String bomb : BOMBS) {
            within("*[_, _, _]", "SORT", "k", "BY", bomb + "->x", "GET", bomb);
        }
    }

    private void within(String reply, String... words) {
        assertTimeoutPreemptively(MOST, () -> door.assertHarmless(reply, words));
    }
}
