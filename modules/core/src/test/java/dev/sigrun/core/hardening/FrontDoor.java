// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;

/**
 * A client that looks after each of its commands whether the key {@code k} is still what it was,
 * when it expires too, and whether the server still answers. Confined to the test's thread.
 */
final class FrontDoor {
    private static final String EXPIRES_AT_MILLIS = "4000000000000";

    private final SigrunServer server;
    private final RespClient client;

    /** Begins with no keys. */
    FrontDoor(SigrunServer server) {
        this.server = server;
        server.flush();
        client = server.connect(3);
    }

    RespClient client() {
        return client;
    }

    /** Makes keys; the key {@code k} gets a time at which it expires. */
    void make(String... commands) {
        for (String command : commands) {
            Reply reply = client.run(command);
            assertFalse(reply.isError(), () -> command + " answered " + reply);
        }
        client.call("PEXPIREAT", "k", EXPIRES_AT_MILLIS);
    }

    /** Asserts what a command answers, and that it neither changes the key nor takes memory. */
    void assertHarmless(String reply, String... words) {
        List<Reply> before = look();
        long bytes = server.usedBytes();
        assertEquals(reply, client.call(words), () -> shown(words));
        assertEquals(before, look(), () -> shown(words));
        assertEquals(bytes, server.usedBytes(), () -> shown(words));
    }

    /** As {@link #assertHarmless}, for commands on a line each. */
    void assertAllHarmless(String reply, String... commands) {
        for (String command : commands) {
            assertHarmless(reply, command.split(" "));
        }
    }

    private static String shown(String... words) {
        String line = String.join(" ", words);
        return line.length() < 200 ? line : line.substring(0, 200) + "...";
    }

    private List<Reply> look() {
        return client.pipeline(
                List.of(
                        List.of("DUMP", "k"),
                        List.of("PEXPIRETIME", "k"),
                        List.of("DBSIZE"),
                        List.of("PING")));
    }
}
