// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.redisson.Redisson;
import org.redisson.api.BatchOptions;
import org.redisson.api.RAtomicLong;
import org.redisson.api.RBatch;
import org.redisson.api.RBitSet;
import org.redisson.api.RBucket;
import org.redisson.api.RFuture;
import org.redisson.api.RGeo;
import org.redisson.api.RHyperLogLog;
import org.redisson.api.RLexSortedSet;
import org.redisson.api.RList;
import org.redisson.api.RLock;
import org.redisson.api.RMap;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RSemaphore;
import org.redisson.api.RSet;
import org.redisson.api.RStream;
import org.redisson.api.RateType;
import org.redisson.api.RedissonClient;
import org.redisson.api.geo.GeoPosition;
import org.redisson.api.geo.GeoSearchArgs;
import org.redisson.api.geo.GeoUnit;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamRangeArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.Protocol;

/**
 * Public data, stored and asked for again with Redisson, and what it makes of scripts: locks,
 * semaphores and limits of rates.
 */
final class RedissonIT {
    private static final int BATCH = 1_000;
    private static final int RANGES = 100;
    private static final int SECONDS_MAX = 20;

    private static ServerProcess server;
    private static RedissonClient client;
    private static List<UnicodeCharacter> characters;
    private static List<UnicodeCharacter> some;

    @BeforeAll
    static void start(@TempDir Path folder) {
        characters = PublicData.characters();
        some = new ArrayList<>();
        for (int i = 0; i < characters.size(); i += 7) {
            some.add(characters.get(i));
        }
        server = ServerProcess.serving(folder);
        Config config = new Config();
        config.setProtocol(Protocol.RESP3).setCodec(StringCodec.INSTANCE);
        config.useSingleServer()
                .setAddress("redis://127.0.0.1:" + server.port())
                .setConnectionMinimumIdleSize(2)
                .setConnectionPoolSize(4)
                .setRetryAttempts(0)
                .setTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS_MAX));
        client = Redisson.create(config);
    }

    @AfterAll
    static void stop() {
        client.shutdown(0, SECONDS_MAX, TimeUnit.SECONDS);
        server.close();
    }

    @BeforeEach
    void empty() {
        client.getKeys().flushall();
    }

    /** A command for each of the items, sent a batch at a time; the replies in order. */
    private static <T, R> List<R> each(List<T> items, BiFunction<RBatch, T, RFuture<R>> command) {
        List<R> replies = new ArrayList<>(items.size());
        for (int from = 0; from < items.size(); from += BATCH) {
            RBatch batch = client.createBatch(BatchOptions.defaults().retryAttempts(0));
            List<RFuture<R>> futures = new ArrayList<>(BATCH);
            for (T item : items.subList(from, Math.min(from + BATCH, items.size()))) {
                futures.add(command.apply(batch, item));
            }
            batch.execute();
            futures.forEach(each -> replies.add(each.toCompletableFuture().getNow(null)));
        }
        return replies;
    }

    private static List<String> names(List<UnicodeCharacter> of) {
        return of.stream().map(UnicodeCharacter::name).toList();
    }

    @Test
    void aLockIsHeldByOneAndGivenBack() throws Exception {
        RLock lock = client.getLock("lock");
        assertTrue(lock.tryLock(1, SECONDS_MAX, TimeUnit.SECONDS));
        assertTrue(lock.tryLock(1, SECONDS_MAX, TimeUnit.SECONDS), "it may be taken again");
        assertEquals(2, lock.getHoldCount());
        boolean[] taken = new boolean[1];
        Thread other = Thread.ofPlatform().start(() -> taken[0] = client.getLock("lock").tryLock());
        other.join();
        assertFalse(taken[0]);
        lock.unlock();
        lock.unlock();
        assertFalse(lock.isLocked());
    }

    @Test
    void whoWaitsForALockGetsIt() throws Exception {
        RLock lock = client.getLock("lock");
        boolean[] taken = new boolean[1];
        Thread other;
        lock.lock();
        try {
            other = Thread.ofPlatform().start(() -> takeAndGiveBack(taken));
            Await.until("the other waits", () -> other.getState() != Thread.State.RUNNABLE);
        } finally {
            lock.unlock();
        }
        other.join(TimeUnit.SECONDS.toMillis(SECONDS_MAX));
        assertTrue(taken[0]);
    }

    private void takeAndGiveBack(boolean[] taken) {
        RLock same = client.getLock("lock");
        same.lock();
        try {
            taken[0] = true;
        } finally {
            same.unlock();
        }
    }

    @Test
    void aSemaphoreHasSoManyPermits() {
        RSemaphore semaphore = client.getSemaphore("semaphore");
        assertTrue(semaphore.trySetPermits(2));
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void aRateIsLimited() {
        RRateLimiter limiter = client.getRateLimiter("rate");
        assertTrue(limiter.trySetRate(RateType.OVERALL, 3, Duration.ofHours(1)));
        assertTrue(limiter.tryAcquire(3));
        assertFalse(limiter.tryAcquire());
    }

    @Test
    void mapsHoldACharacterEach() {
        each(some, (batch, each) -> batch.getMap(each.hex()).putAllAsync(each.fields()));
        assertEquals(some.size(), client.getKeys().count());
        assertEquals(
                some.stream().map(UnicodeCharacter::fields).toList(),
                each(some, (batch, each) -> batch.getMap(each.hex()).readAllMapAsync()));
    }

    @Test
    void aMapHoldsAllNames() {
        Map<String, String> expected = new HashMap<>();
        characters.forEach(each -> expected.put(each.name(), each.hex()));
        RMap<String, String> map = client.getMap("names");
        map.putAll(expected, BATCH);
        assertEquals(characters.size(), map.size());
        assertEquals(expected, map.readAllMap());
        Map<String, String> scanned = new HashMap<>();
        map.entrySet(BATCH).forEach(each -> scanned.put(each.getKey(), each.getValue()));
        assertEquals(expected, scanned);
        UnicodeCharacter character = some.getLast();
        assertEquals(character.hex(), map.get(character.name()));
        assertEquals(
                Map.of(character.name(), character.hex()),
                map.getAll(Set.of(character.name(), "no such name")));
        assertFalse(map.fastPutIfAbsent(character.name(), "other"));
        assertEquals(1, map.fastRemove(character.name(), "no such name"));
        assertFalse(map.containsKey(character.name()));
    }

    @Test
    void aScoredSortedSetAnswersRanges() {
        TreeMap<Integer, String> expected = new TreeMap<>();
        Map<String, Double> scores = new HashMap<>();
        RScoredSortedSet<String> set = client.getScoredSortedSet("z");
        for (UnicodeCharacter each : characters) {
            expected.put(each.codePoint(), each.name());
            scores.put(each.name(), (double) each.codePoint());
            if (scores.size() == BATCH) {
                assertEquals(BATCH, set.addAll(scores));
                scores.clear();
            }
        }
        assertEquals(scores.size(), set.addAll(scores));
        assertEquals(characters.size(), set.size());
        assertEquals(List.copyOf(expected.values()), List.copyOf(set.readAll()));
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            ranks.add(i * 7);
        }
        assertEquals(
                ranks,
                each(some, (batch, each) -> batch.getScoredSortedSet("z").rankAsync(each.name())));
        Random random = new Random(1);
        for (int i = 0; i < RANGES; i++) {
            int from = random.nextInt(expected.lastKey());
            int to = from + random.nextInt(3 * BATCH);
            List<String> within = List.copyOf(expected.subMap(from, true, to, false).values());
            assertEquals(within, List.copyOf(set.valueRange(from, true, to, false)));
            assertEquals(
                    within.reversed(), List.copyOf(set.valueRangeReversed(from, true, to, false)));
            assertEquals(within.size(), set.count(from, true, to, false));
        }
        assertEquals(expected.firstKey().doubleValue(), set.firstScore());
        assertEquals(expected.lastEntry().getValue(), set.last());
    }

    @Test
    void aLexSortedSetAnswersRanges() {
        TreeSet<String> expected = new TreeSet<>(names(some));
        RLexSortedSet set = client.getLexSortedSet("l");
        assertTrue(set.addAll(expected));
        assertEquals(List.copyOf(expected), List.copyOf(set.readAll()));
        Random random = new Random(2);
        for (int i = 0; i < RANGES; i++) {
            String from = some.get(random.nextInt(some.size())).name();
            String to = from.substring(0, 1 + random.nextInt(from.length())) + '~';
            List<String> within = List.copyOf(expected.subSet(from, false, to, true));
            assertEquals(within, List.copyOf(set.range(from, false, to, true)));
            assertEquals(within.size(), set.count(from, false, to, true));
        }
    }

    @Test
    void aListForEachCategory() {
        Map<String, List<String>> expected = new TreeMap<>();
        for (UnicodeCharacter each : some) {
            expected.computeIfAbsent(each.category(), name -> new ArrayList<>()).add(each.text());
        }
        each(some, (batch, each) -> batch.getList(each.category()).addAsync(each.text()));
        expected.forEach((category, texts) -> {
            RList<String> list = client.getList(category);
            assertEquals(texts, list.readAll());
            int middle = texts.size() / 2;
            assertEquals(texts.get(middle), list.get(middle));
            assertEquals(texts.subList(middle, texts.size()), list.range(middle, -1));
            list.fastSet(middle, "other");
            list.trim(middle, middle);
            assertEquals(List.of("other"), list.readAll());
        });
    }

    @Test
    void setsOfLettersAndOfUpperCase() {
        Set<String> letters = new HashSet<>();
        Set<String> upper = new HashSet<>();
        for (UnicodeCharacter each : some) {
            if (Character.isLetter(each.codePoint())) {
                letters.add(each.text());
            }
            if (Character.isUpperCase(each.codePoint())) {
                upper.add(each.text());
            }
        }
        RSet<String> set = client.getSet("letters");
        assertTrue(set.addAll(letters));
        assertTrue(client.getSet("upper").addAll(upper));
        assertEquals(letters.size(), set.size());
        assertEquals(letters, set.readAll());
        Set<String> scanned = new HashSet<>();
        set.iterator(BATCH).forEachRemaining(scanned::add);
        assertEquals(letters, scanned);
        assertTrue(set.contains(letters.iterator().next()));
        Set<String> both = new HashSet<>(letters);
        both.retainAll(upper);
        assertEquals(both, set.readIntersection("upper"));
        assertEquals(both.size(), set.countIntersection("upper"));
        Set<String> either = new HashSet<>(letters);
        either.addAll(upper);
        assertEquals(either, set.readUnion("upper"));
        letters.removeAll(upper);
        assertEquals(letters, set.readDiff("upper"));
        assertEquals(!both.isEmpty(), set.removeAll(upper));
        assertEquals(letters, set.readAll());
    }

    @Test
    void timeZonesAreWhereTheyAre() {
        List<Zone> zones = PublicData.zones();
        each(
                zones,
                (batch, zone) ->
                        batch.getGeo("zones")
                                .addAsync(zone.longitude(), zone.latitude(), zone.name()));
        RGeo<String> geo = client.getGeo("zones");
        String[] names = zones.stream().map(Zone::name).toArray(String[]::new);
        Map<String, GeoPosition> places = geo.pos(names);
        Random random = new Random(3);
        for (Zone zone : zones) {
            assertEquals(zone.longitude(), places.get(zone.name()).getLongitude(), 1e-5);
            assertEquals(zone.latitude(), places.get(zone.name()).getLatitude(), 1e-5);
            Zone other = zones.get(random.nextInt(zones.size()));
            assertEquals(
                    zone.meters(other),
                    geo.dist(zone.name(), other.name(), GeoUnit.METERS),
                    Zone.toleranceMeters());
            double radius = random.nextDouble(5e6);
            Map<String, Double> found =
                    geo.searchWithDistance(
                            GeoSearchArgs.from(zone.name()).radius(radius, GeoUnit.METERS));
            Zone.assertThoseWithin(found.keySet(), zones, each -> zone.meters(each) - radius);
            for (Zone each : zones) {
                Double distance = found.get(each.name());
                if (distance != null) {
                    assertEquals(zone.meters(each), distance, Zone.toleranceMeters());
                }
            }
            double width = random.nextDouble(1e7);
            double height = random.nextDouble(1e7);
            Zone.assertThoseWithin(
                    geo.search(
                            GeoSearchArgs.from(zone.longitude(), zone.latitude())
                                    .box(width, height, GeoUnit.METERS)),
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
        each(countries, (batch, each) -> batch.getMap(each.get("alpha_2")).putAllAsync(each));
        assertEquals(
                countries,
                each(
                        countries,
                        (batch, each) -> batch.getMap(each.get("alpha_2")).readAllMapAsync()));
    }

    @Test
    void aStreamIsReadByTwoConsumers() {
        List<Map<String, String>> expected = some.stream().map(UnicodeCharacter::fields).toList();
        List<StreamMessageId> ids =
                each(
                        expected,
                        (batch, fields) ->
                                batch.<String, String>getStream("lines")
                                        .addAsync(StreamAddArgs.entries(fields)));
        RStream<String, String> stream = client.getStream("lines");
        assertEquals(ids.size(), stream.size());
        Map<StreamMessageId, Map<String, String>> all =
                stream.range(
                        StreamRangeArgs.startId(StreamMessageId.MIN).endId(StreamMessageId.MAX));
        assertEquals(ids, List.copyOf(all.keySet()));
        assertEquals(expected, List.copyOf(all.values()));
        stream.createGroup(StreamCreateGroupArgs.name("readers").id(StreamMessageId.ALL));
        Map<StreamMessageId, Map<String, String>> read = new HashMap<>();
        for (int turn = 0; read.size() < expected.size(); turn++) {
            Map<StreamMessageId, Map<String, String>> messages =
                    stream.readGroup(
                            "readers",
                            "reader" + turn % 2,
                            StreamReadGroupArgs.neverDelivered().count(BATCH));
            assertFalse(messages.isEmpty(), "entries have been left out");
            assertEquals(messages.size(), stream.getPendingInfo("readers").getTotal());
            assertEquals(
                    messages.size(),
                    stream.ack("readers", messages.keySet().toArray(StreamMessageId[]::new)));
            read.putAll(messages);
        }
        assertEquals(all, read);
        assertEquals(0, stream.getPendingInfo("readers").getTotal());
        assertEquals(2, stream.listConsumers("readers").size());
    }

    @Test
    void aHyperLogLogEstimatesHowManyNamesThereAre() {
        List<String> names = names(some);
        RHyperLogLog<String> first = client.getHyperLogLog("first");
        RHyperLogLog<String> second = client.getHyperLogLog("second");
        int middle = names.size() / 2;
        for (int from = 0; from < names.size(); from += BATCH) {
            (from < middle ? first : second)
                    .addAll(names.subList(from, Math.min(from + BATCH, names.size())));
        }
        // The standard error is 0.81 %.
        double tolerance = 0.03 * names.size();
        assertEquals(names.size(), (double) first.countWith("second"), tolerance);
        first.mergeWith("second");
        assertEquals(names.size(), (double) first.count(), tolerance);
        long count = first.count();
        first.addAll(names.subList(0, BATCH));
        assertEquals(count, first.count());
    }

    @Test
    void aBitForEachCodePoint() {
        BitSet expected = new BitSet();
        some.forEach(each -> expected.set(each.codePoint()));
        each(some, (batch, each) -> batch.getBitSet("some").setAsync(each.codePoint()));
        RBitSet bits = client.getBitSet("some");
        assertEquals(expected, bits.asBitSet());
        assertEquals(expected.cardinality(), bits.cardinality());
        assertTrue(bits.get(some.getLast().codePoint()));
        BitSet even = new BitSet();
        for (int i = 0; i < Character.MAX_CODE_POINT; i += 2) {
            even.set(i);
        }
        client.getBitSet("even").set(even);
        bits.and("even");
        expected.and(even);
        assertEquals(expected, bits.asBitSet());
        bits.or("even");
        assertEquals(even, bits.asBitSet());
    }

    @Test
    void bucketsHoldTextAndItsTime() {
        String text = some.getFirst().name();
        RBucket<String> bucket = client.getBucket("b");
        assertNull(bucket.get());
        assertTrue(bucket.setIfAbsent(text));
        assertFalse(bucket.setIfAbsent("other"));
        assertEquals(text.length(), bucket.size());
        bucket.set(text, Duration.ofSeconds(100));
        assertTrue(bucket.remainTimeToLive() > 50_000);
        assertTrue(bucket.clearExpire());
        assertEquals(-1, bucket.remainTimeToLive());
        assertEquals(text, bucket.getAndSet("other"));
        byte[] payload = bucket.dump();
        assertTrue(bucket.delete());
        bucket.restore(payload);
        assertEquals("other", bucket.get());
        bucket.rename("c");
        assertEquals("other", client.getBucket("c").get());
    }

    @Test
    void atomicLongsCount() {
        RAtomicLong counter = client.getAtomicLong("n");
        assertEquals(1, counter.incrementAndGet());
        assertEquals(11, counter.addAndGet(10));
        assertEquals(11, counter.getAndAdd(-1));
        assertEquals(9, counter.decrementAndGet());
        assertEquals(9, counter.getAndSet(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, counter.get());
    }

    @Test
    void anAtomicBatchIsATransaction() {
        RBatch batch =
                client.createBatch(
                        BatchOptions.defaults()
                                .executionMode(BatchOptions.ExecutionMode.IN_MEMORY_ATOMIC));
        UnicodeCharacter character = some.getFirst();
        List<RFuture<?>> sent =
                List.of(
                        batch.getMap("m").putAllAsync(character.fields()),
                        batch.getBucket("b").setAsync(character.name()),
                        batch.getMap("m").readAllMapAsync());
        List<?> replies = batch.execute().getResponses();
        assertEquals(sent.size(), replies.size());
        assertEquals(character.fields(), replies.getLast());
        assertEquals(character.name(), client.getBucket("b").get());
    }
}
