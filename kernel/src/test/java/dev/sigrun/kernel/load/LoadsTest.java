// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.load.LoadPlan.Duplicates;
import dev.sigrun.kernel.load.LoadPlan.Expired;
import dev.sigrun.kernel.load.LoadPlan.Target;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is loaded, and what is refused, of files with strings. */
class LoadsTest {
    private static final int DATABASES = 4;
    private static final long FAR_FUTURE = 1L << 50;

    /** Thousands of files are refused here, and each of them would be told of. */
    private static final Logger QUIET = Logger.getLogger("dev.sigrun.kernel.load");

    private final Allocator allocator = new Allocator();
    private final SystemClock clock = new SystemClock();
    private final QueueOwner owner = new QueueOwner();
    private final Store store = new Store(allocator, clock, new Random(1), DATABASES, 1, 2);
    private final Loads loads = new Loads(store, owner, new DaemonThreads(), clock);
    private final LoadPlan strict = LoadPlan.strict(LoadHooks.NONE);
    private final long emptyBytes = allocator.usedBytes();
    private LoadEnd end;

    @BeforeAll
    static void silence() {
        QUIET.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        QUIET.setLevel(null);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private String get(int db, String name) {
        byte[] bytes = DataFile.ascii(name);
        long address = allocator.allocate(Math.max(1, bytes.length));
        Memory.copy(bytes, 0, address, bytes.length);
        try {
            Bytes value =
                    new StoredKey(store)
                            .open(
                                    store.database(db),
                                    store.hash(address, bytes.length),
                                    new Slice().wrap(address, bytes.length),
                                    Access.READ)
                            .string();
            return value == null ? null : value.text();
        } catch (CommandException e) {
            throw new AssertionError(e);
        } finally {
            allocator.free(address, Math.max(1, bytes.length));
        }
    }

    private LoadEnd load(byte[] content) {
        return loads.run(strict, LoadSource.memory(content));
    }

    private LoadEnd loadInSlices(LoadPlan plan, LoadSource source) {
        end = null;
        Load load = loads.begin(plan, source, ended -> end = ended);
        assertEquals(load, loads.active());
        owner.runUntil(() -> end != null);
        assertNull(loads.active());
        return end;
    }

    private static String patterned(int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (int i = 0; text.length() < length; i++) {
            text.append(i % 7 == 0 ? "pattern" : Integer.toString(i * 31));
        }
        return text.substring(0, length);
    }

    private static String noise(Random random, int length) {
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = (char) random.nextInt(256);
        }
        return new String(text);
    }

    // ---- what is loaded ----

    @Test
    void stringsOfAllLengthsAndEncodingsComeBack() {
        Random random = new Random(7);
        Map<String, String> model = new HashMap<>();
        DataFile file = DataFile.valkey().select(2);
        for (int i = 0; i < 2000; i++) {
            String value =
                    switch (i % 6) {
                        case 0 -> Integer.toString(random.nextInt() >> random.nextInt(32));
                        case 1 -> Long.toString(random.nextLong());
                        case 2 -> patterned(random.nextInt(3000));
                        case 3 -> noise(random, random.nextInt(200));
                        case 4 -> "";
                        default -> noise(random, 1000 + random.nextInt(50));
                    };
            String key = i % 9 == 0 ? Integer.toString(i) : patterned(i % 300) + i;
            model.put(key, value);
            file.set(key, value);
        }
        model.put("long", patterned(3_000_000));
        model.put("noise", noise(random, 700_000));
        file.set("long", model.get("long")).set("noise", model.get("noise"));
        byte[] content = file.end();
        LoadEnd loaded = loadInSlices(strict, LoadSource.memory(content));
        assertNull(loaded.failure());
        assertEquals(model.size(), loaded.keys());
        assertEquals(content.length, loaded.bytes());
        assertEquals(model.size(), store.database(2).size());
        model.forEach((key, value) -> assertEquals(value, get(2, key), () -> "of " + key));
    }

    @Test
    void olderMagicAndFilesWithoutChecksumAreRead() {
        assertTrue(load(new DataFile("REDIS0011").set("a", "1").end()).isComplete());
        assertTrue(load(new DataFile("REDIS0003").set("b", "2").bytes(255).open()).isComplete());
        assertTrue(load(DataFile.valkey().set("c", "3").endUnsummed()).isComplete());
        assertEquals("1", get(0, "a"));
        assertEquals("2", get(0, "b"));
        assertEquals("3", get(0, "c"));
    }

    @Test
    void fieldsTellWhereTheDataStands() {
        List<String> heard = new ArrayList<>();
        LoadHooks hooks =
                new LoadHooks() {
                    @Override
                    public void accepted(int version) {
                        heard.add("version " + version);
                    }

                    @Override
                    public void field(String name, String value) {
                        heard.add(name + "=" + value);
                    }
                };
        String id = "0123456789".repeat(4);
        byte[] content =
                DataFile.valkey()
                        .field("valkey-ver", "9.1.2")
                        .field("repl-stream-db", "3")
                        .field("repl-id", id)
                        .field("repl-offset", "123456789012")
                        .field("aof-base", "1")
                        .field("unknown", "x")
                        .end();
        LoadEnd loaded = loads.run(strict.with(hooks), LoadSource.memory(content));
        assertEquals(new LoadFacts(id, 123456789012L, 3, true, -1, -1), loaded.facts());
        assertEquals("version 80", heard.get(0));
        assertTrue(heard.contains("unknown=x"));
    }

    @Test
    void keysPastTheirTimeAreDroppedOrKept() {
        byte[] content =
                DataFile.valkey()
                        .expiry(1000)
                        .set("old", "x")
                        .expiry(FAR_FUTURE)
                        .set("new", "y")
                        .set("lasting", "z")
                        .end();
        LoadEnd dropped = load(content);
        assertEquals(2, dropped.keys());
        assertEquals(1, dropped.keysExpired());
        assertEquals(1, store.database(0).volatileKeys());
        store.flush(0, false);
        LoadEnd kept = loads.run(strict.on(Expired.KEEP), LoadSource.memory(content));
        assertEquals(3, kept.keys());
        assertEquals(3, store.database(0).size());
    }

    @Test
    void bytesMayArriveOneByOneAndMoreMayFollow() {
        byte[] content = DataFile.valkey().set("a", patterned(500)).set("n", "77").end();
        byte[] fed = DataFile.join(content, DataFile.ascii("what follows"));
        LoadStream stream = LoadSource.stream(0);
        end = null;
        loads.begin(strict, stream, ended -> end = ended);
        for (byte each : fed) {
            stream.feed(new byte[] {each}, 0, 1);
        }
        owner.runUntil(() -> end != null);
        assertTrue(end.isComplete());
        assertEquals(content.length, end.bytes());
        assertArrayEquals(DataFile.ascii("what follows"), stream.takeRest());
        assertEquals(0, stream.takeRest().length);
        assertEquals(patterned(500), get(0, "a"));
    }

    @Test
    void whatIsLoadedBesideIsExchangedInOneTurnOrDropped() {
        load(DataFile.valkey().set("old", "1").end());
        byte[] content = DataFile.valkey().set("new", "2").select(1).set("other", "3").end();
        LoadEnd dropped = loadInSlices(strict.to(Target.BESIDE), LoadSource.memory(content));
        assertEquals(2, dropped.beside().keys());
        dropped.beside().drop();
        assertEquals("1", get(0, "old"));
        LoadEnd loaded = loadInSlices(strict.to(Target.BESIDE), LoadSource.memory(content));
        assertNull(get(0, "new"));
        loaded.beside().exchange(false);
        assertNull(get(0, "old"));
        assertEquals("2", get(0, "new"));
        assertEquals("3", get(1, "other"));
        for (int db = 0; db < DATABASES; db++) {
            store.flush(db, false);
        }
        assertFalse(store.isFreeing());
    }

    @Test
    void aKeyThatIsThereIsRefusedOrReplaced() {
        byte[] first = DataFile.valkey().set("k", "1").set("long", patterned(5000)).end();
        byte[] second = DataFile.valkey().set("k", "2").set("long", patterned(6000)).end();
        assertTrue(load(first).isComplete());
        LoadEnd refused = load(second);
        assertEquals(Kind.CORRUPT, refused.failure().kind());
        assertEquals("RDB has duplicated key 'k' in DB 0", refused.failure().reason());
        assertEquals("k", refused.failure().key());
        LoadPlan merge = strict.on(Duplicates.REPLACE);
        assertTrue(loads.run(merge, LoadSource.memory(second)).isComplete());
        assertEquals("2", get(0, "k"));
        assertEquals(patterned(6000), get(0, "long"));
        store.flush(0, false);
    }

    // ---- what is refused ----

    @Test
    void otherFilesAreRefused() {
        LoadFailure signature = load(DataFile.ascii("NOTADUMPFILE")).failure();
        assertEquals(Kind.SIGNATURE, signature.kind());
        assertEquals("Wrong signature trying to load DB from file: NOTADUMPF", signature.reason());
        for (String magic :
                List.of("REDIS0012", "REDIS0080", "VALKEY011", "VALKEY081", "REDIS0000")) {
            assertEquals(
                    Kind.VERSION, load(new DataFile(magic).end()).failure().kind(), () -> magic);
        }
        LoadPlan relaxed =
                new LoadPlan(
                        strict.target(),
                        strict.duplicates(),
                        strict.expired(),
                        strict.absentPlugins(),
                        strict.checksum(),
                        false,
                        strict.keyDelayMicros(),
                        strict.hooks());
        byte[] newer = new DataFile("VALKEY987").set("a", "b").end();
        assertTrue(loads.run(relaxed, LoadSource.memory(newer)).isComplete());
        byte[] foreign = new DataFile("REDIS0075").bytes(150).end();
        assertEquals(
                "Can't handle foreign type or opcode 150 in RDB with version 75",
                loads.run(relaxed, LoadSource.memory(foreign)).failure().reason());
    }

    @Test
    void aMissingFileIsToldFromABadOne() {
        LoadFailure failure =
                loads.run(strict, LoadSource.file(java.nio.file.Path.of("/nowhere/at/all.rdb")))
                        .failure();
        assertEquals(Kind.MISSING, failure.kind());
    }

    @Test
    void aWrongChecksumIsRefused() {
        byte[] content = DataFile.valkey().set("a", "value").end();
        content[content.length - 3] ^= 1;
        assertEquals(Kind.CHECKSUM, load(content).failure().kind());
        store.flush(0, false);
        LoadPlan ignoring = strict.on(LoadPlan.Checksum.IGNORE);
        assertTrue(loads.run(ignoring, LoadSource.memory(content)).isComplete());
    }

    @Test
    void everyPieceOfAFileIsRefusedAndLeavesNothingBehind() {
        byte[] content =
                DataFile.valkey()
                        .field("ctime", "123")
                        .select(1)
                        .expiry(FAR_FUTURE)
                        .set("key", patterned(300))
                        .set("long", patterned(2000))
                        .end();
        for (int length = 0; length < content.length; length++) {
            LoadEnd cut = load(Arrays.copyOf(content, length));
            assertFalse(cut.isComplete(), "of " + length);
            assertEquals(Kind.INPUT, cut.failure().kind(), "of " + length);
            store.flush(1, false);
        }
        LoadStream stream = LoadSource.stream(0);
        stream.feed(content, 0, content.length - 1);
        stream.end();
        assertEquals(Kind.INPUT, loadInSlices(strict, stream).failure().kind());
        store.flush(1, false);
        assertFalse(store.isFreeing());
    }

    @Test
    void claimsOfSizeTakeNoMemory() {
        for (int first : new int[] {RdbFormat.TYPE_STRING, RdbFormat.TYPE_SET, 7, 15, 18}) {
            byte[] content =
                    DataFile.valkey()
                            .bytes(first)
                            .text("k")
                            .bytes(0x81, 0, 0, 0, 1, 0, 0, 0, 0)
                            .open();
            LoadStream stream = LoadSource.stream(0);
            stream.feed(content, 0, content.length);
            stream.end();
            LoadEnd refused = loadInSlices(strict, stream);
            assertFalse(refused.isComplete());
            assertTrue(allocator.usedBytes() - emptyBytes < 1 << 20);
        }
        byte[] string = DataFile.valkey().bytes(0).text("k").bytes(0x80, 0x70, 0, 0, 0).open();
        LoadStream stream = LoadSource.stream(0);
        stream.feed(string, 0, string.length);
        stream.end();
        assertEquals(Kind.INPUT, loadInSlices(strict, stream).failure().kind());
        assertTrue(allocator.usedBytes() - emptyBytes < 1 << 20);
    }

    @Test
    void unknownTypesAndDatabasesAreRefused() {
        LoadFailure type = load(DataFile.valkey().bytes(150).text("k").end()).failure();
        assertTrue(type.reason().startsWith("Unknown type or opcode when loading DB"));
        assertEquals("k", type.key());
        LoadFailure db = load(DataFile.valkey().select(99).set("a", "b").end()).failure();
        assertTrue(db.reason().startsWith("FATAL: Data file was created with a"), db.reason());
        LoadFailure library = load(DataFile.valkey().bytes(245).text("#!lua").end()).failure();
        assertEquals("Functions have no place here.", library.reason());
    }

    @Test
    void flippedBytesNeverDoHarm() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("LoadsTest: -Dsigrun.test.seed=" + seed);
        Random random = new Random(seed);
        byte[] content =
                DataFile.valkey()
                        .field("repl-id", "x")
                        .select(1)
                        .expiry(FAR_FUTURE)
                        .set("key", patterned(100))
                        .set("other", "12345")
                        .set("third", noise(random, 50))
                        .endUnsummed();
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = content.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            LoadPlan plan = strict.on(LoadPlan.Checksum.IGNORE).on(Duplicates.REPLACE);
            loads.run(plan, LoadSource.memory(damaged));
        }
        for (int db = 0; db < DATABASES; db++) {
            store.flush(db, false);
        }
    }

    @Test
    void aLoadThatIsCancelledEndsAndFreesWhatItHolds() {
        LoadStream stream = LoadSource.stream(0);
        byte[] content = DataFile.valkey().set("a", "1").set("b", patterned(100_000)).open();
        stream.feed(content, 0, content.length);
        end = null;
        Load load = loads.begin(strict.to(Target.BESIDE), stream, ended -> end = ended);
        owner.runUntil(() -> load.keys() > 0);
        load.cancel();
        owner.runUntil(() -> end != null);
        assertEquals(Kind.CANCELLED, end.failure().kind());
        end.beside().drop();
    }
}
