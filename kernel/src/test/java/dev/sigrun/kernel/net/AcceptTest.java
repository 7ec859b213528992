// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** New connections, however many, do not trouble those that there are. */
final class AcceptTest {
    private static final String TOO_MANY = "-ERR max number of clients reached\r\n";
    private static final int STORM = 200;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "io_uring"})
    void whoIsOneTooManyIsRefusedWithoutTheOwner(String transport) throws Exception {
        try (NetScene scene = new NetScene(transport);
                NetClient one = new NetClient(scene)) {
            scene.clientsMax(2);
            try (NetClient two = new NetClient(scene)) {
                assertEquals("+PONG", two.ask("PING"));
                one.send("HOLD\r\n");
                scene.awaitHeld();
                refuse(scene, 20);
                scene.letGo();
                assertEquals("+HELD", one.line());
            }
            assertEquals(20, scene.fromOwner(() -> scene.stats().connectionsRejected));
            assertEquals(2, scene.fromOwner(() -> scene.stats().connectionsReceived));
            NetScene.await("the other one has gone", () -> scene.openCount() == 1);
            try (NetClient three = new NetClient(scene)) {
                assertEquals("+PONG", three.ask("PING"));
            }
        }
    }

    private static void refuse(NetScene scene, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (NetClient client = new NetClient(scene)) {
                assertEquals(TOO_MANY, client.rest());
            }
        }
    }

    @Test
    void aStormComesToTheOwnerAFewAtATime() throws Exception {
        List<NetClient> storm = new ArrayList<>();
        try (NetScene scene = new NetScene("epoll");
                NetClient client = new NetClient(scene)) {
            int otherPort = scene.listenAgain();
            assertEquals("+PONG", client.ask("PING"));
            client.send("HOLD\r\n");
            scene.awaitHeld();
            for (int i = 0; i < STORM; i++) {
                storm.add(new NetClient(scene));
            }
            int most = 1 + scene.newConnectionsMax();
            NetScene.await("some are let in", () -> scene.openCount() == most);
            // That the same thread has refused somebody shows that it has looked again.
            scene.clientsMax(1);
            try (NetClient other = new NetClient(otherPort)) {
                assertEquals(TOO_MANY, other.rest());
            }
            assertEquals(most, scene.openCount());
            scene.clientsMax(10_000);
            scene.letGo();
            assertEquals("+HELD", client.line());
            for (NetClient newcomer : storm) {
                assertEquals("+PONG", newcomer.ask("PING"));
            }
        } finally {
            for (NetClient newcomer : storm) {
                newcomer.close();
            }
        }
    }
}
