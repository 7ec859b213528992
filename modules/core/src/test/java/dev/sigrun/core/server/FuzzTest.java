// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bytes at random, and requests with bytes changed at random, do no harm. */
final class FuzzTest {
    private static final int CONNECTIONS = 400;
    private static final int BYTES_MAX = 2000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final long seed = Long.getLong("sigrun.test.seed", 20_261_123);

    @Test
    void noInputStopsTheServer() {
        System.out.println("FuzzTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        RespClient witness = SERVER.connect();
        for (int i = 0; i < CONNECTIONS; i++) {
            byte[] input = i % 2 == 0 ? noise(random) : damaged(random);
            try (RespClient client = new RespClient(SERVER.port())) {
                sendInPieces(client, input, random);
                client.awaitClose();
            }
            assertEquals(":0", witness.call("EXISTS", "nokey"));
        }
        Await.until(
                "only the witness is left",
                () -> SERVER.fromOwner(context -> context.sessions().size() == 1));
    }

    private static void sendInPieces(RespClient client, byte[] input, SplittableRandom random) {
        try {
            int at = 0;
            while (at < input.length) {
                int length = Math.min(1 + random.nextInt(500), input.length - at);
                byte[] piece = new byte[length];
                System.arraycopy(input, at, piece, 0, length);
                client.sendRaw(piece);
                at += length;
            }
            client.endOutput();
        } catch (UncheckedIOException e) {
            // Cut off for what came before.
            return;
        }
    }

    private static byte[] noise(SplittableRandom random) {
        String likely = "*$\r\n0123456789-\"' :+";
        byte[] bytes = new byte[1 + random.nextInt(BYTES_MAX)];
        for (int i = 0; i < bytes.length; i++) {
            boolean plain = random.nextInt(3) > 0;
            bytes[i] =
                    (byte)
                            (plain
                                    ? likely.charAt(random.nextInt(likely.length()))
                                    : random.nextInt(256));
        }
        return bytes;
    }

    private static byte[] damaged(SplittableRandom random) {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            String key = "k" + random.nextInt(5);
            String value = "v".repeat(random.nextInt(100));
            requests.writeBytes(
                    RespClient.encode(
                            switch (random.nextInt(4)) {
                                case 0 -> List.of("GET", key);
                                case 1 -> List.of("SET", key, value);
                                case 2 -> List.of("APPEND", key, value);
                                default -> List.of("MSET", key, value, "other", value);
                            }));
        }
        byte[] bytes = requests.toByteArray();
        int changes = 1 + random.nextInt(10);
        for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
