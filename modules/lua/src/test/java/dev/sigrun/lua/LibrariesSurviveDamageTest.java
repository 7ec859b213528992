// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunExtension;
import dev.sigrun.testkit.SigrunServer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The decoders for scripts take whatever comes: they answer with a value or with an error. */
@ExtendWith(SigrunExtension.class)
final class LibrariesSurviveDamageTest {
    private static final int ROUNDS = 1500;
    private static final long SEED = 20261123;

    @Test
    void messagePackTakesAnyBytes(SigrunServer server, RespClient client) {
        anyBytes(client, "return pcall(cmsgpack.unpack, ARGV[1]) and 1 or 0", "");
    }

    @Test
    void jsonTakesAnyBytes(SigrunServer server, RespClient client) {
        anyBytes(
                client,
                "return pcall(cjson.decode, ARGV[1]) and 1 or 0",
                "{\"a\":[1,2.5e3,true,null,\"x\\u00e9\\n\"]}");
    }

    @Test
    void structTakesAnyFormatAndBytes(SigrunServer server, RespClient client) {
        anyBytes(client, "return pcall(struct.unpack, ARGV[1], ARGV[1]) and 1 or 0", "<>!4bBhHlLs");
    }

    private static void anyBytes(RespClient client, String script, String like) {
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder input = new StringBuilder(like);
            int size = random.nextInt(40);
            for (int at = 0; at < size; at++) {
                char c = (char) random.nextInt(256);
                if (input.length() > 0 && random.nextBoolean()) {
                    input.setCharAt(random.nextInt(input.length()), c);
                } else {
                    input.append(c);
                }
            }
            String reply = client.call("EVAL", script, "0", input.toString());
            assertTrue(reply.equals(":1") || reply.equals(":0"), () -> "seed " + SEED + reply);
        }
        assertEquals("+PONG", client.call("PING"));
    }
}
