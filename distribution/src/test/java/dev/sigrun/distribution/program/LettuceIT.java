// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import io.lettuce.core.Consumer;
import io.lettuce.core.GeoArgs;
import io.lettuce.core.GeoCoordinates;
import io.lettuce.core.GeoSearch;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public data, stored and asked for again with Lettuce, which speaks RESP3. */
final class LettuceIT {
    private static final int BATCH = 1_000;
    private static final int RANGES = 100;
    private static final int SECONDS_MAX = 20;

    private static ServerProcess server;
    private static RedisClient client;
    private static List<UnicodeCharacter> characters;

    private StatefulRedisConnection<String, String> connection;
    private RedisCommands<String, String> sync;

    @BeforeAll
    static void start(@TempDir Path folder) {
        characters = PublicData.characters();
        server = ServerProcess.serving(folder);
        client =
                RedisClient.create(
                        RedisURI.builder()
                                .withHost("127.0.0.1")
                                .withPort(server.port())
                                .withClientName("tester")
                                .withTimeout(Duration.ofSeconds(SECONDS_MAX))
                                .build());
    }

    @AfterAll
    static void stop() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(SECONDS_MAX));
        server.close();
    }

    @BeforeEach
    void connect() {
        connection = client.connect();
        sync = connection.sync();
        sync.flushall();
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    private static <T> T reply(RedisFuture<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** A command for each of the items, written a batch at a time; the replies in order. */
    private <T, R> List<R> each(
            List<T> items,
            BiFunction<RedisAsyncCommands<String, String>, T, RedisFuture<R>> command) {
        RedisAsyncCommands<String, String> async = connection.async();
        List<R> replies = new ArrayList<>(items.size());
        connection.setAutoFlushCommands(false);
        for (int from = 0; from < items.size(); from += BATCH) {
            List<RedisFuture<R>> batch = new ArrayList<>(BATCH);
            for (T item : items.subList(from, Math.min(from + BATCH, items.size()))) {
                batch.add(command.apply(async, item));
            }
            connection.flushCommands();
            batch.forEach(future -> replies.add(reply(future)));
        }
        connection.setAutoFlushCommands(true);
        return replies;
    }

    private static List<UnicodeCharacter> everySeventh() {
        List<UnicodeCharacter> some = new ArrayList<>();
        for (int i = 0; i < characters.size(); i += 7) {
            some.add(characters.get(i));
        }
        return some;
    }

    private static Map<String, String> hexByName() {
        Map<String, String> all = new HashMap<>();
        characters.forEach(each -> all.put(each.name(), each.hex()));
        assertEquals(characters.size(), all.size(), "two characters have the same name");
        return all;
    }

    @Test
    void speaksTheThirdProtocolAndKnowsItsName() {
        String info = sync.clientInfo();
        assertTrue(info.contains(" resp=3 "), info);
        assertTrue(info.contains(" name=tester "), info);
        assertTrue(info.contains(" lib-name=Lettuce "), info);
    }

    @Test
    void aHashForEachOfManyCharacters() {
        List<UnicodeCharacter> some = everySeventh();
        each(some, (commands, each) -> commands.hset("u:" + each.hex(), each.fields()))
                .forEach(added -> assertEquals(4, added));
        assertEquals(some.size(), sync.dbsize());
        assertEquals(
                some.stream().map(UnicodeCharacter::fields).toList(),
                each(some, (commands, each) -> commands.hgetall("u:" + each.hex())));
        assertEquals(
                some.stream().map(each -> List.of(KeyValue.just("name", each.name()))).toList(),
                each(some, (commands, each) -> commands.hmget("u:" + each.hex(), "name")));
    }

    @Test
    void aHashOfAllNames() {
        Map<String, String> expected = hexByName();
        each(characters, (commands, each) -> commands.hset("names", each.name(), each.hex()))
                .forEach(isNew -> assertTrue(isNew));
        assertEquals(characters.size(), sync.hlen("names"));
        List<UnicodeCharacter> some = everySeventh();
        assertEquals(
                some.stream().map(UnicodeCharacter::hex).toList(),
                each(some, (commands, each) -> commands.hget("names", each.name())));
        assertEquals(expected, sync.hgetall("names"));
        Map<String, String> scanned = new HashMap<>();
        MapScanCursor<String, String> page;
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            page = sync.hscan("names", cursor, ScanArgs.Builder.limit(BATCH));
            scanned.putAll(page.getMap());
            cursor = page;
        } while (!page.isFinished());
        assertEquals(expected, scanned);
        assertEquals(
                some.size(),
                each(some, (commands, each) -> commands.hdel("names", each.name())).stream()
                        .mapToLong(Long::longValue)
                        .sum());
        some.forEach(each -> expected.remove(each.name()));
        assertEquals(expected, sync.hgetall("names"));
    }

    @Test
    void aSortedSetAnswersRangesOfScoresAndRanks() {
        TreeMap<Integer, String> expected = new TreeMap<>();
        characters.forEach(each -> expected.put(each.codePoint(), each.name()));
        each(characters, (commands, each) -> commands.zadd("z", each.codePoint(), each.name()));
        assertEquals(characters.size(), sync.zcard("z"));
        assertEquals(List.copyOf(expected.values()), sync.zrange("z", 0, -1));
        List<UnicodeCharacter> some = everySeventh();
        List<Long> ranks = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ranks.add(i * 7L);
        }
        assertEquals(ranks, each(some, (commands, each) -> commands.zrank("z", each.name())));
        Random random = new Random(1);
        for (int i = 0; i < RANGES; i++) {
            int from = random.nextInt(expected.lastKey());
            int to = from + random.nextInt(3 * BATCH);
            List<String> within = List.copyOf(expected.subMap(from, true, to, false).values());
            Range<Integer> range =
                    Range.from(Range.Boundary.including(from), Range.Boundary.excluding(to));
            assertEquals(within, sync.zrangebyscore("z", range));
            assertEquals(within.reversed(), sync.zrevrangebyscore("z", range));
            assertEquals(within.size(), sync.zcount("z", range));
        }
        Map.Entry<Integer, String> first = expected.pollFirstEntry();
        assertEquals(ScoredValue.just(first.getKey(), first.getValue()), sync.zpopmin("z"));
        int middle = characters.get(characters.size() / 2).codePoint();
        assertEquals(
                expected.headMap(middle, false).size(),
                sync.zremrangebyscore(
                        "z",
                        Range.from(Range.Boundary.unbounded(), Range.Boundary.excluding(middle))));
        assertEquals(List.copyOf(expected.tailMap(middle, true).values()), sync.zrange("z", 0, -1));
    }

    @Test
    void aSortedSetAnswersRangesOfNames() {
        TreeSet<String> expected = new TreeSet<>(hexByName().keySet());
        each(characters, (commands, each) -> commands.zadd("z", 0, each.name()));
        assertEquals(List.copyOf(expected), sync.zrange("z", 0, -1));
        List<UnicodeCharacter> some = everySeventh();
        Random random = new Random(2);
        for (int i = 0; i < RANGES; i++) {
            String from = some.get(random.nextInt(some.size())).name();
            // A prefix is most often no member, so that the range ends between two.
            String to = from.substring(0, 1 + random.nextInt(from.length())) + '~';
            List<String> within = List.copyOf(expected.subSet(from, false, to, true));
            Range<String> range =
                    Range.from(Range.Boundary.excluding(from), Range.Boundary.including(to));
            assertEquals(within.size(), sync.zlexcount("z", range));
            assertEquals(
                    within.stream().skip(3).limit(BATCH).toList(),
                    sync.zrangebylex("z", range, Limit.create(3, BATCH)));
            assertEquals(
                    within.reversed().stream().limit(BATCH).toList(),
                    sync.zrevrangebylex("z", range, Limit.from(BATCH)));
        }
    }

    @Test
    void aListForEachCategory() {
        Map<String, List<String>> expected = new TreeMap<>();
        for (UnicodeCharacter each : characters) {
            expected.computeIfAbsent(each.category(), name -> new ArrayList<>()).add(each.text());
        }
        each(characters, (commands, each) -> commands.rpush(each.category(), each.text()));
        assertEquals(expected.keySet(), new TreeSet<>(sync.keys("*")));
        expected.forEach((category, texts) -> {
            assertEquals(texts, sync.lrange(category, 0, -1));
            int middle = texts.size() / 2;
            assertEquals(texts.get(middle), sync.lindex(category, middle));
            assertEquals(middle, sync.lpos(category, texts.get(middle)));
            assertEquals("OK", sync.ltrim(category, middle, -2));
            assertEquals(
                    texts.subList(middle, Math.max(middle, texts.size() - 1)),
                    sync.lrange(category, 0, -1));
        });
    }

    @Test
    void timeZonesAreWhereTheyAre() {
        List<Zone> zones = PublicData.zones();
        each(
                zones,
                (commands, zone) ->
                        commands.geoadd("zones", zone.longitude(), zone.latitude(), zone.name()));
        List<GeoCoordinates> places =
                each(zones, (commands, zone) -> commands.geopos("zones", zone.name())).stream()
                        .map(List::getFirst)
                        .toList();
        for (int i = 0; i < zones.size(); i++) {
            assertEquals(zones.get(i).longitude(), places.get(i).getX().doubleValue(), 1e-5);
            assertEquals(zones.get(i).latitude(), places.get(i).getY().doubleValue(), 1e-5);
        }
        Random random = new Random(3);
        for (Zone zone : zones) {
            Zone other = zones.get(random.nextInt(zones.size()));
            assertEquals(
                    zone.meters(other),
                    sync.geodist("zones", zone.name(), other.name(), GeoArgs.Unit.m),
                    Zone.toleranceMeters());
            double radius = random.nextDouble(5e6);
            Zone.assertThoseWithin(
                    sync.geosearch(
                            "zones",
                            GeoSearch.fromMember(zone.name()),
                            GeoSearch.byRadius(radius, GeoArgs.Unit.m)),
                    zones,
                    each -> zone.meters(each) - radius);
            double width = random.nextDouble(1e7);
            double height = random.nextDouble(1e7);
            Zone.assertThoseWithin(
                    sync.geosearch(
                            "zones",
                            GeoSearch.fromCoordinates(zone.longitude(), zone.latitude()),
                            GeoSearch.byBox(width, height, GeoArgs.Unit.m)),
                    zones,
                    each ->
                            Math.max(
                                    zone.metersAcross(each) - width / 2,
                                    zone.metersAlong(each) - height / 2));
        }
    }

    @Test
    void countriesStayAsTheyAre() {
        List<Map<String, String>> countries = PublicData.countries();
        each(
                countries,
                (commands, country) -> commands.hset("c:" + country.get("alpha_2"), country));
        assertEquals(
                countries,
                each(
                        countries,
                        (commands, country) -> commands.hgetall("c:" + country.get("alpha_2"))));
    }

    @Test
    @SuppressWarnings("unchecked") // Lettuce takes a stream as an array of a generic type.
    void aStreamIsReadByTwoConsumers() {
        List<Map<String, String>> expected =
                characters.stream().map(UnicodeCharacter::fields).toList();
        List<String> ids = each(expected, (commands, fields) -> commands.xadd("lines", fields));
        assertEquals(ids.size(), sync.xlen("lines"));
        assertEquals(
                expected,
                sync.xrange("lines", Range.unbounded()).stream()
                        .map(StreamMessage::getBody)
                        .toList());
        sync.xgroupCreate(StreamOffset.from("lines", "0"), "readers");
        Map<String, Map<String, String>> read = new HashMap<>();
        try (StatefulRedisConnection<String, String> second = client.connect()) {
            List<RedisCommands<String, String>> readers = List.of(sync, second.sync());
            for (int turn = 0; read.size() < expected.size(); turn++) {
                List<StreamMessage<String, String>> messages =
                        readers.get(turn % 2)
                                .xreadgroup(
                                        Consumer.from("readers", "reader" + turn % 2),
                                        XReadArgs.Builder.count(BATCH),
                                        StreamOffset.lastConsumed("lines"));
                assertTrue(!messages.isEmpty(), "entries have been left out");
                String[] got = messages.stream().map(StreamMessage::getId).toArray(String[]::new);
                assertEquals(got.length, sync.xpending("lines", "readers").getCount());
                assertEquals(got.length, sync.xack("lines", "readers", got));
                messages.forEach(each -> read.put(each.getId(), each.getBody()));
            }
        }
        assertEquals(expected, ids.stream().map(read::get).toList());
        assertEquals(0, sync.xpending("lines", "readers").getCount());
    }

    @Test
    void aPopWaitsForWhatAnotherConnectionPushes() {
        String name = characters.getLast().name();
        try (StatefulRedisConnection<String, String> waiting = client.connect()) {
            RedisFuture<KeyValue<String, String>> popped =
                    waiting.async().blpop(SECONDS_MAX, "none", "queue");
            Await.until(
                    "a blocked client",
                    () -> sync.info("clients").contains("blocked_clients:1\r\n"));
            sync.rpush("queue", name);
            assertEquals(KeyValue.just("queue", name), reply(popped));
        }
        assertEquals(0, sync.exists("queue"));
    }

    @Test
    void transactionsAreExecutedAsAWhole() {
        UnicodeCharacter character = characters.getFirst();
        assertEquals("OK", sync.multi());
        sync.hset("h", character.fields());
        sync.zadd("z", character.codePoint(), character.name());
        sync.lpush("z", "not a list");
        sync.hgetall("h");
        TransactionResult result = sync.exec();
        assertEquals(4L, result.<Long>get(0));
        assertEquals(1L, result.<Long>get(1));
        assertTrue(result.<Object>get(2) instanceof RedisCommandExecutionException);
        assertEquals(character.fields(), result.get(3));
        sync.multi();
        sync.del("h");
        assertEquals("OK", sync.discard());
        assertEquals(1, sync.exists("h"));
    }

    @Test
    void aTransactionIsDiscardedWhenAWatchedKeyChanges() {
        sync.set("k", "1");
        assertEquals("OK", sync.watch("k"));
        try (StatefulRedisConnection<String, String> other = client.connect()) {
            other.sync().set("k", "2");
        }
        sync.multi();
        sync.set("k", "3");
        assertTrue(sync.exec().wasDiscarded());
        assertEquals("2", sync.get("k"));
        RedisCommandExecutionException wrong =
                assertThrows(RedisCommandExecutionException.class, sync::exec);
        assertEquals("ERR EXEC without MULTI", wrong.getMessage());
    }
}
