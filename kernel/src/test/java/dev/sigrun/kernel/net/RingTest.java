// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With io_uring, where reads overlap, what clients send is kept apart. */
final class RingTest {
    private static final int CLIENTS = 20;
    private static final int ROUNDS = 20;

    @Test
    void requestsOfManyAtOnceAreKeptApart() throws Exception {
        List<NetClient> clients = new ArrayList<>();
        try (NetScene scene = new NetScene("io_uring")) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new NetClient(scene));
            }
            for (int round = 0; round < ROUNDS; round++) {
                clients.get(0).send("HOLD\r\n");
                scene.awaitHeld();
                for (int i = 1; i < CLIENTS; i++) {
                    clients.get(i).send(request(i, round).repeat(50));
                }
                scene.letGo();
                assertEquals("+HELD", clients.get(0).line());
                for (int i = 1; i < CLIENTS; i++) {
                    for (int times = 0; times < 50; times++) {
                        assertEquals(word(i, round), clients.get(i).echoed());
                    }
                }
            }
        } finally {
            for (NetClient client : clients) {
                client.close();
            }
        }
    }

    private static String word(int client, int round) {
        return ("" + (char) ('a' + client)).repeat(20 * round + client);
    }

    private static String request(int client, int round) {
        String word = word(client, round);
        return "*2\r\n$4\r\nECHO\r\n$" + word.length() + "\r\n" + word + "\r\n";
    }

    @Test
    void aRequestMayComeInPieces() throws Exception {
        try (NetScene scene = new NetScene("io_uring");
                NetClient client = new NetClient(scene)) {
            String word = "w".repeat(3_000_000);
            String request = "*2\r\n$4\r\nECHO\r\n$3000000\r\n" + word + "\r\n";
            for (int at = 0; at < 40; at++) {
                client.send(request.substring(at, at + 1));
            }
            client.send(request.substring(40));
            assertTrue(word.equals(client.echoed()), "the reply is whole");
        }
    }

    @Test
    void thereAreNoThreads() throws Exception {
        try (NetScene scene = new NetScene("io_uring");
                NetClient client = new NetClient(scene)) {
            scene.useThreads(4);
            for (int i = 0; i < 20; i++) {
                assertEquals("+" + NetScene.OWNER, client.ask("WHERE"));
            }
        }
    }
}
