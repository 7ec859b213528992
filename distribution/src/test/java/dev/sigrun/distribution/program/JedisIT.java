// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.args.ExpiryOption;
import redis.clients.jedis.bloom.BFInsertParams;
import redis.clients.jedis.bloom.BFReserveParams;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.GetExParams;
import redis.clients.jedis.params.LCSParams;
import redis.clients.jedis.params.MSetExParams;
import redis.clients.jedis.params.RestoreParams;
import redis.clients.jedis.params.SetParams;

/** What Jedis has methods for, over both protocols. */
final class JedisIT {
    private static ServerProcess server;

    @BeforeAll
    static void start(@TempDir Path folder) {
        server = ServerProcess.serving(folder, "--loadmodule", ServerProcess.bloomJar().toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RedisClient connect(RedisProtocol protocol) {
        RedisClient client =
                RedisClient.builder()
                        .hostAndPort("127.0.0.1", server.port())
                        .clientConfig(
                                DefaultJedisClientConfig.builder()
                                        .protocol(protocol)
                                        .clientName("tester")
                                        .build())
                        .build();
        client.flushAll();
        return client;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    @SuppressWarnings("deprecation") // The server has what Jedis discourages, too.
    void strings(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            assertEquals("PONG", client.ping());
            assertEquals("hi", client.echo("hi"));
            assertEquals("OK", client.set("k", "v"));
            assertNull(client.set("k", "w", SetParams.setParams().nx()));
            assertEquals("v", client.setGet("k", "w", SetParams.setParams().px(100_000)));
            assertEquals("w", client.getEx("k", GetExParams.getExParams().persist()));
            assertEquals(-1, client.ttl("k"));
            assertEquals(0, client.setnx("k", "x"));
            assertEquals("OK", client.setex("k", 100, "text"));
            assertEquals("OK", client.psetex("k", 100_000, "text"));
            assertEquals(8, client.append("k", "more"));
            assertEquals("more", client.getrange("k", 4, -1));
            assertEquals(8, client.setrange("k", 4, "MORE"));
            assertEquals(8, client.strlen("k"));
            assertEquals("textMORE", client.getDel("k"));
            assertNull(client.get("k"));
            assertEquals("OK", client.mset("a", "1", "b", "2"));
            assertEquals(0, client.msetnx("b", "x", "c", "x"));
            assertTrue(client.msetex(MSetExParams.setParams().ex(100), "a", "1", "b", "2"));
            List<String> values = new ArrayList<>(client.mget("a", "b", "none"));
            assertNull(values.removeLast());
            assertEquals(List.of("1", "2"), values);
            assertEquals(2, client.incr("a"));
            assertEquals(12, client.incrBy("a", 10));
            assertEquals(11, client.decr("a"));
            assertEquals(1, client.decrBy("a", 10));
            assertEquals(1.5, client.incrByFloat("a", 0.5));
            client.mset("one", "ohmytext", "two", "mynewtext");
            assertEquals(
                    "mytext", client.lcs("one", "two", LCSParams.LCSParams()).getMatchString());
            assertEquals(6, client.lcs("one", "two", LCSParams.LCSParams().len()).getLen());
            assertEquals(
                    2,
                    client.lcs("one", "two", LCSParams.LCSParams().idx().withMatchLen())
                            .getMatches()
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void keys(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            client.mset("a", "1", "b", "2", "c", "3");
            assertTrue(client.exists("a"));
            assertEquals(2, client.exists("a", "b", "none"));
            assertEquals("string", client.type("a"));
            assertEquals("int", client.objectEncoding("a"));
            assertTrue(client.memoryUsage("a") > 0);
            assertEquals(3, client.dbSize());
            assertEquals(Set.of("a", "b", "c"), client.keys("*"));
            assertTrue(Set.of("a", "b", "c").contains(client.randomKey()));
            assertEquals(1, client.expire("a", 100));
            assertEquals(0, client.expire("a", 50, ExpiryOption.GT));
            assertEquals(1, client.pexpire("a", 200_000));
            assertTrue(client.ttl("a") > 100 && client.pttl("a") > 100_000);
            assertTrue(client.expireTime("a") > 0 && client.pexpireTime("a") > 0);
            assertEquals(1, client.persist("a"));
            assertEquals(1, client.expireAt("a", 4_000_000_000L));
            assertEquals(1, client.pexpireAt("a", 4_000_000_000_000L));
            assertEquals(2, client.touch("a", "b", "none"));
            assertEquals("OK", client.rename("c", "d"));
            assertEquals(0, client.renamenx("d", "b"));
            assertTrue(client.copy("d", "e", false));
            assertFalse(client.copy("d", "e", false));
            byte[] payload = client.dump("d");
            assertEquals("OK", client.restore("f", 0, payload));
            assertThrows(JedisDataException.class, () -> client.restore("f", 0, payload));
            assertEquals(
                    "OK", client.restore("f", 0, payload, RestoreParams.restoreParams().replace()));
            assertEquals("3", client.get("f"));
            assertEquals(2, client.del("d", "e"));
            assertEquals(1, client.unlink("f"));
            assertEquals("OK", client.flushDB());
            assertEquals(0, client.dbSize());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void bytesStayAsTheyAre(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            byte[] key = {0, '\r', '\n', -1};
            byte[] value = new byte[1 << 20];
            new Random(1).nextBytes(value);
            assertEquals("OK", client.set(key, value));
            assertArrayEquals(value, client.get(key));
            assertArrayEquals(key, client.keys(bytes("*")).iterator().next());
            assertEquals(value.length, client.strlen(key));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void pipelinesKeepTheirOrderAndTheirErrors(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            List<Response<String>> values = new ArrayList<>();
            Response<Long> wrong;
            try (Pipeline pipeline = client.pipelined()) {
                for (int i = 0; i < 10_000; i++) {
                    pipeline.set("key:" + i, "" + i);
                }
                wrong = pipeline.lpush("key:1", "x");
                for (int i = 0; i < 10_000; i++) {
                    values.add(pipeline.get("key:" + i));
                }
            }
            assertThrows(JedisDataException.class, wrong::get);
            for (int i = 0; i < values.size(); i++) {
                assertEquals("" + i, values.get(i).get());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void scansSeeEveryKey(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            Set<String> expected = new TreeSet<>();
            try (Pipeline pipeline = client.pipelined()) {
                for (int i = 0; i < 3000; i++) {
                    pipeline.set("scan:" + i, "x");
                    pipeline.set("other:" + i, "x");
                    expected.add("scan:" + i);
                }
            }
            ScanIteration scan = client.scanIteration(100, "scan:*");
            Set<String> seen = new TreeSet<>();
            while (!scan.isIterationCompleted()) {
                seen.addAll(scan.nextBatch().getResult());
            }
            assertEquals(expected, seen);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RedisProtocol.class,
            names = {"RESP2", "RESP3"})
    void filters(RedisProtocol protocol) {
        try (RedisClient client = connect(protocol)) {
            assertEquals("OK", client.bfReserve("k", 0.01, 1000));
            assertEquals(
                    "OK",
                    client.bfReserve(
                            "grows", 0.01, 10, BFReserveParams.reserveParams().expansion(4)));
            assertTrue(client.bfAdd("k", "a"));
            assertFalse(client.bfAdd("k", "a"));
            assertTrue(client.bfExists("k", "a"));
            assertEquals(List.of(false, true), client.bfMAdd("k", "a", "b"));
            assertEquals(List.of(true, true, false), client.bfMExists("k", "a", "b", "c"));
            assertEquals(
                    List.of(true, true),
                    client.bfInsert(
                            "new",
                            BFInsertParams.insertParams().capacity(7).error(0.1).nonScaling(),
                            "a",
                            "b"));
            assertEquals(2, client.bfCard("k"));
            Map<String, Object> info = client.bfInfo("k");
            assertEquals(1000L, info.get("Capacity"));
            assertEquals(2L, info.get("Number of items inserted"));
            JedisDataException busy =
                    assertThrows(JedisDataException.class, () -> client.bfReserve("k", 0.01, 1000));
            assertEquals("ERR item exists", busy.getMessage());
        }
    }

    @Test
    void aPoolServesManyThreads() throws InterruptedException, ExecutionException {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(4);
        pool.setTestOnBorrow(true);
        try (RedisClient client =
                        RedisClient.builder()
                                .hostAndPort("127.0.0.1", server.port())
                                .poolConfig(pool)
                                .build();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            client.flushAll();
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                work.add(() -> client.incr("counter"));
            }
            Set<Long> seen = new TreeSet<>();
            for (Future<Long> each : threads.invokeAll(work)) {
                seen.add(each.get());
            }
            assertEquals(2000, seen.size());
            assertEquals("2000", client.get("counter"));
        }
    }
}
