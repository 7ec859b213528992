// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.csc.Cache;
import redis.clients.jedis.csc.DefaultCache;

/** Jedis where one connection hears of another: messages, transactions, a cache at the client. */
final class JedisConversationsIT {
    private static final long SECONDS_MAX = 20;
    private static final int KEYS = 200;

    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = ServerProcess.serving(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RedisClient connect(RedisProtocol protocol, Cache cache) {
        var builder =
                RedisClient.builder()
                        .hostAndPort("127.0.0.1", server.port())
                        .clientConfig(
                                DefaultJedisClientConfig.builder().protocol(protocol).build());
        return cache == null ? builder.build() : builder.cache(cache).build();
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        String one = heard.poll(SECONDS_MAX, TimeUnit.SECONDS);
        assertTrue(one != null, "nothing was heard");
        return one;
    }

    /** Says what it hears. */
    private static final class Listener extends JedisPubSub {
        private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(100);

        @Override
        public void onSubscribe(String channel, int count) {
            heard.add("in " + channel + " " + count);
        }

        @Override
        public void onMessage(String channel, String message) {
            heard.add(channel + ": " + message);
        }

        @Override
        public void onUnsubscribe(String channel, int count) {
            heard.add("out " + channel + " " + count);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void messagesComeInTheirOrder(RedisProtocol protocol) throws InterruptedException {
        Listener listener = new Listener();
        try (RedisClient client = connect(protocol, null)) {
            Thread thread =
                    Thread.ofPlatform().start(() -> client.subscribe(listener, "news", "weather"));
            assertEquals("in news 1", next(listener.heard));
            assertEquals("in weather 2", next(listener.heard));
            assertEquals(1, client.publish("news", "first"));
            assertEquals(1, client.publish("weather", "rain"));
            assertEquals(0, client.publish("sports", "nobody"));
            assertEquals("news: first", next(listener.heard));
            assertEquals("weather: rain", next(listener.heard));
            listener.unsubscribe("news");
            assertEquals("out news 1", next(listener.heard));
            listener.unsubscribe();
            assertEquals("out weather 0", next(listener.heard));
            thread.join();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void aTransactionRunsAsAWholeOrNotAtAll(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol, null)) {
            client.set("account", "10");
            try (AbstractTransaction transfer = client.transaction(false)) {
                transfer.watch("account");
                transfer.multi();
                Response<Long> rest = transfer.decrBy("account", 3);
                transfer.incrBy("savings", 3);
                assertEquals(List.of(7L, 3L), transfer.exec());
                assertEquals(7, rest.get());
            }
            try (AbstractTransaction transfer = client.transaction(false)) {
                transfer.watch("account");
                client.set("account", "0");
                transfer.multi();
                transfer.decrBy("account", 3);
                assertNull(transfer.exec());
            }
            assertEquals("0", client.get("account"));
            client.del("account", "savings");
        }
    }

    /** Jedis asks whether the server is a certain version of another make, but not this one. */
    private static final class AnyServersCache extends DefaultCache {
        AnyServersCache() {
            super(KEYS);
        }

        @Override
        public boolean compatibilityMode() {
            return true;
        }
    }

    @Test
    void aCacheAtTheClientHearsOfEveryChange() {
        try (RedisClient client = connect(RedisProtocol.RESP3, new AnyServersCache());
                RedisClient other = connect(RedisProtocol.RESP3, null)) {
            for (int i = 0; i < KEYS; i++) {
                other.set("cached:" + i, "old");
                assertEquals("old", client.get("cached:" + i));
            }
            assertEquals(KEYS, client.getCache().getSize());
            assertEquals("old", client.get("cached:7"));
            assertEquals(1, client.getCache().getStats().getHitCount());
            for (int i = 0; i < KEYS; i++) {
                other.set("cached:" + i, "new");
            }
            // What is told goes another way than the reply to who changed the key.
            for (int i = 0; i < KEYS; i++) {
                String key = "cached:" + i;
                Await.until("the change is heard of", () -> client.get(key).equals("new"));
            }
            assertEquals(KEYS, client.getCache().getStats().getInvalidationCount());
            other.flushAll();
            Await.until("all is forgotten", () -> client.get("cached:1") == null);
        }
    }
}
