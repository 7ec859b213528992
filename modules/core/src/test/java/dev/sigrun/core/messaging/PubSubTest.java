// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publish and subscribe between connections. */
final class PubSubTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    @AfterEach
    void nobodyListensAnyLonger() {
        SERVER.closeClients();
        SERVER.onOwner(
                context -> assertEquals(0, context.dispatcher().audience().pubSub().subscribing()));
    }

    private static String next(RespClient client) {
        return client.read().toString();
    }

    @Test
    void subscriberHearsChannelAndPatternInTheOrderOfPublishing() {
        RespClient subscriber = SERVER.connect();
        RespClient publisher = SERVER.connect();
        assertEquals("*[$\"subscribe\", $\"news\", :1]", subscriber.call("SUBSCRIBE", "news"));
        assertEquals("*[$\"psubscribe\", $\"n?ws\", :2]", subscriber.call("PSUBSCRIBE", "n?ws"));
        assertEquals(":2", publisher.call("PUBLISH", "news", "one"));
        assertEquals(":1", publisher.call("PUBLISH", "nows", "two"));
        assertEquals(":0", publisher.call("PUBLISH", "other", "three"));
        assertEquals("*[$\"message\", $\"news\", $\"one\"]", next(subscriber));
        assertEquals("*[$\"pmessage\", $\"n?ws\", $\"news\", $\"one\"]", next(subscriber));
        assertEquals("*[$\"pmessage\", $\"n?ws\", $\"nows\", $\"two\"]", next(subscriber));
    }

    @Test
    void subscriberOfNewProtocolHearsItsOwnMessageBehindTheReply() {
        RespClient client = SERVER.connect(3);
        assertEquals(">[$\"subscribe\", $\"c\", :1]", client.call("SUBSCRIBE", "c"));
        assertEquals(":1", client.call("PUBLISH", "c", "mine"));
        assertEquals(">[$\"message\", $\"c\", $\"mine\"]", next(client));
    }

    @Test
    void ownMessagesFollowTheWholeTransaction() {
        RespClient client = SERVER.connect(3);
        client.call("SUBSCRIBE", "c");
        client.call("MULTI");
        client.call("PUBLISH", "c", "a");
        client.call("PUBLISH", "c", "b");
        assertEquals("*[:1, :1]", client.call("EXEC"));
        assertEquals(">[$\"message\", $\"c\", $\"a\"]", next(client));
        assertEquals(">[$\"message\", $\"c\", $\"b\"]", next(client));
    }

    @Test
    void subscriberOfOldProtocolMaySendFewCommands() {
        RespClient client = SERVER.connect();
        client.call("SUBSCRIBE", "c");
        assertEquals(
                "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT /"
                        + " RESET are allowed in this context",
                client.call("GET", "k"));
        assertEquals("*[$\"pong\", $\"\"]", client.call("PING"));
        assertEquals("*[$\"pong\", $\"x\"]", client.call("PING", "x"));
        assertEquals("*[$\"unsubscribe\", $\"c\", :0]", client.call("UNSUBSCRIBE"));
        assertEquals("_", client.call("GET", "k"));
    }

    @Test
    void unsubscribingFromEverythingConfirmsEachNameOrThatThereWasNone() {
        RespClient client = SERVER.connect(3);
        assertEquals(">[$\"unsubscribe\", _, :0]", client.call("UNSUBSCRIBE"));
        assertEquals(">[$\"punsubscribe\", _, :0]", client.call("PUNSUBSCRIBE"));
        assertEquals(">[$\"sunsubscribe\", _, :0]", client.call("SUNSUBSCRIBE"));
        client.send("SUBSCRIBE", "a", "b");
        assertEquals(">[$\"subscribe\", $\"a\", :1]", next(client));
        assertEquals(">[$\"subscribe\", $\"b\", :2]", next(client));
        client.send("UNSUBSCRIBE");
        assertEquals(">[$\"unsubscribe\", $\"a\", :1]", next(client));
        assertEquals(">[$\"unsubscribe\", $\"b\", :0]", next(client));
    }

    @Test
    void shardChannelsAreApartFromTheOthers() {
        RespClient subscriber = SERVER.connect(3);
        RespClient publisher = SERVER.connect();
        subscriber.call("SUBSCRIBE", "c");
        assertEquals(">[$\"ssubscribe\", $\"c\", :1]", subscriber.call("SSUBSCRIBE", "c"));
        assertEquals(":1", publisher.call("SPUBLISH", "c", "shard"));
        assertEquals(":1", publisher.call("PUBLISH", "c", "plain"));
        assertEquals(">[$\"smessage\", $\"c\", $\"shard\"]", next(subscriber));
        assertEquals(">[$\"message\", $\"c\", $\"plain\"]", next(subscriber));
        assertEquals("*[$\"c\"]", publisher.call("PUBSUB", "SHARDCHANNELS"));
        assertEquals("*[$\"c\", :1]", publisher.call("PUBSUB", "SHARDNUMSUB", "c"));
    }

    @Test
    void whoListensIsToldAndForgottenWithTheConnection() {
        RespClient subscriber = SERVER.connect();
        RespClient asking = SERVER.connect();
        subscriber.call("SUBSCRIBE", "abc");
        subscriber.call("PSUBSCRIBE", "x*");
        assertEquals("*[$\"abc\"]", asking.call("PUBSUB", "CHANNELS"));
        assertEquals("*[$\"abc\"]", asking.call("PUBSUB", "CHANNELS", "a*"));
        assertEquals("*[]", asking.call("PUBSUB", "CHANNELS", "b*"));
        assertEquals("*[$\"abc\", :1, $\"d\", :0]", asking.call("PUBSUB", "NUMSUB", "abc", "d"));
        assertEquals(":1", asking.call("PUBSUB", "NUMPAT"));
        subscriber.close();
        Await.until(
                "the subscriber is forgotten", () -> asking.call("PUBSUB", "NUMPAT").equals(":0"));
        assertEquals(":0", asking.call("PUBLISH", "abc", "m"));
    }

    @Test
    void resetEndsSubscriptions() {
        RespClient client = SERVER.connect();
        client.call("SUBSCRIBE", "c");
        assertEquals("+RESET", client.call("RESET"));
        assertEquals(":0", SERVER.connect().call("PUBLISH", "c", "m"));
        assertEquals("+PONG", client.call("PING"));
    }

    @Test
    void mutedSubscriberStillHearsMessages() {
        RespClient client = SERVER.connect(3);
        client.call("SUBSCRIBE", "c");
        client.send("CLIENT", "REPLY", "OFF");
        client.send("PING");
        RespClient publisher = SERVER.connect();
        Await.until(
                "the client is muted",
                () ->
                        SERVER.fromOwner(context ->
                                SigrunServer.session(context, client)
                                        .lastCommand()
                                        .name()
                                        .equals("ping")));
        assertEquals(":1", publisher.call("PUBLISH", "c", "m"));
        assertEquals(">[$\"message\", $\"c\", $\"m\"]", next(client));
    }

    @Test
    void clientThatWaitsInACommandHearsMessagesMeanwhile() {
        RespClient client = SERVER.connect(3);
        client.call("SUBSCRIBE", "c");
        client.send("BLPOP", "list", "0");
        RespClient other = SERVER.connect();
        Await.until(
                "the client waits",
                () ->
                        SERVER.fromOwner(
                                context -> SigrunServer.session(context, client).isBlocked()));
        assertEquals(":1", other.call("PUBLISH", "c", "m"));
        assertEquals(">[$\"message\", $\"c\", $\"m\"]", next(client));
        other.call("RPUSH", "list", "e");
        assertEquals("*[$\"list\", $\"e\"]", next(client));
    }

    @Test
    void manySubscribersEachHearEveryMessageOnce() {
        List<RespClient> subscribers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RespClient one = SERVER.connect(2 + i % 2);
            one.call("SUBSCRIBE", "many");
            subscribers.add(one);
        }
        RespClient publisher = SERVER.connect();
        String large = "x".repeat(100_000);
        assertEquals(":100", publisher.call("PUBLISH", "many", "small"));
        assertEquals(":100", publisher.call("PUBLISH", "many", large));
        for (RespClient one : subscribers) {
            assertEquals("small", one.read().items().get(2).text());
            assertEquals(large, one.read().items().get(2).text());
        }
    }

    @Test
    void largeFloodOfMessagesAndRepliesKeepsItsOrder() {
        RespClient client = SERVER.connect(3);
        client.call("SUBSCRIBE", "c");
        int count = 2000;
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < count; i++) {
            batch.append(
                    new String(
                            RespClient.encode(List.of("PUBLISH", "c", "m" + i)),
                            StandardCharsets.ISO_8859_1));
        }
        client.sendRaw(batch.toString());
        for (int i = 0; i < count; i++) {
            assertEquals(":1", next(client));
            assertEquals(">[$\"message\", $\"c\", $\"m" + i + "\"]", next(client));
        }
    }
}
