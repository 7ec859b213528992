// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.DaemonThreads;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.rdb.StringCodec;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.type.RdbException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a snapshot holds against what there was at the cut, whatever is done in between. */
class SnapshotModelTest {
    private static final int NAMES = 6000;
    private static final int CHANGES = 20_000;
    private static final int DATABASES = 3;
    private static final long FAR_FUTURE = 1L << 50;
    private static final SnapshotPlan PLAN =
            new SnapshotPlan(80, true, true, out -> {}, false, null, 0);

    private final Allocator allocator = new Allocator();
    private final long name = allocator.allocate(64);
    private final TurnOwner owner = new TurnOwner();
    private final Map<String, String> model = new HashMap<>();
    private Store store;
    private Snapshots snapshots;
    private Random random;
    private SnapshotEnd end;

    @BeforeEach
    void open() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("SnapshotModelTest: -Dsigrun.test.seed=" + seed);
        random = new Random(seed);
        SystemClock clock = new SystemClock();
        store = new Store(allocator, clock, random, DATABASES, 1, 2);
        snapshots = new Snapshots(store, owner, new DaemonThreads(), clock);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    // ---- what is done to the keys ----

    private StoredKey key(int db, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Memory.copy(bytes, 0, name, bytes.length);
        return new StoredKey(store)
                .open(
                        store.database(db),
                        store.hash(name, bytes.length),
                        new Slice().wrap(name, bytes.length),
                        Access.WRITE);
    }

    private String value() {
        int length =
                switch (random.nextInt(5)) {
                    case 0 -> 1 + random.nextInt(8);
                    case 1 -> random.nextInt(60) == 0 ? 60_000 + random.nextInt(2_000_000) : 2000;
                    default -> 20 + random.nextInt(100);
                };
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(random.nextBoolean() ? "abcdefgh" : Integer.toString(random.nextInt()));
        }
        return text.toString();
    }

    private void change() {
        int db = random.nextInt(DATABASES);
        String text = "key" + random.nextInt(NAMES);
        StoredKey key = key(db, text);
        String slot = db + " " + text;
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                key.remove(true);
                model.remove(slot);
            }
            case 2 -> {
                if (key.isPresent()) {
                    long time = FAR_FUTURE + random.nextInt(1000);
                    key.expireAt(time);
                    model.put(slot, model.get(slot).replaceAll("@.*", "") + "@" + time);
                }
            }
            case 3 -> {
                key.persist();
                model.computeIfPresent(slot, (any, known) -> known.replaceAll("@.*", ""));
            }
            case 6 -> grow(key, slot);
            case 4 -> {
                if (random.nextInt(400) == 0) {
                    store.flush(db, random.nextBoolean());
                    model.keySet().removeIf(any -> any.startsWith(db + " "));
                }
            }
            case 5 -> {
                if (random.nextInt(100) == 0) {
                    swap(db, (db + 1) % DATABASES);
                }
            }
            default -> {
                String value = value();
                key.setString(value.getBytes(StandardCharsets.US_ASCII), false);
                model.put(slot, value);
            }
        }
    }

    private void grow(StoredKey key, String slot) {
        String known = model.get(slot);
        if (known != null) {
            String text = known.replaceAll("@.*", "");
            int more = random.nextInt(3);
            try {
                Bytes content = key.growString(text.length() + more);
                int at = random.nextInt(content.length());
                Memory.putByte(content.address() + at, (byte) '#');
                char[] grown = Arrays.copyOf(text.toCharArray(), text.length() + more);
                grown[at] = '#';
                model.put(slot, new String(grown) + known.substring(text.length()));
            } catch (CommandException e) {
                throw new AssertionError(e);
            }
        }
    }

    private void swap(int one, int other) {
        store.swap(one, other);
        Map<String, String> swapped = new HashMap<>();
        model.forEach((slot, value) -> {
            int db = slot.charAt(0) - '0';
            int now = db == one ? other : db == other ? one : db;
            swapped.put(now + slot.substring(1), value);
        });
        model.clear();
        model.putAll(swapped);
    }

    // ---- what a snapshot holds ----

    private static Map<String, String> read(byte[] file) throws RdbException {
        long crc = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong(file.length - 8);
        assertEquals(Crc64.update(0, file, 0, file.length - 8), crc);
        assertEquals("VALKEY080", new String(file, 0, 9, StandardCharsets.US_ASCII));
        Map<String, String> found = new HashMap<>();
        try (Allocator memory = new Allocator();
                RdbInput in = new RdbInput()) {
            long at = memory.allocate(file.length);
            Memory.copy(file, 0, at, file.length);
            in.wrap(at + 9, file.length - 9);
            read(in, found);
        }
        return found;
    }

    private static void read(RdbInput in, Map<String, String> found) throws RdbException {
        int db = 0;
        String expiry = "";
        for (int code = in.readByte(); code != RdbFormat.OPCODE_EOF; code = in.readByte()) {
            switch (code) {
                case RdbFormat.OPCODE_SELECT_DB -> db = (int) in.readLength();
                case RdbFormat.OPCODE_RESIZE_DB -> {
                    in.readLength();
                    in.readLength();
                }
                case RdbFormat.OPCODE_EXPIRE_TIME_MILLIS -> expiry = "@" + in.readLong();
                case RdbFormat.TYPE_STRING -> {
                    String key = db + " " + in.readString().text();
                    String value = StringCodec.read(in).text() + expiry;
                    assertNull(found.put(key, value), "the key " + key + " was saved twice");
                    expiry = "";
                }
                default -> throw new AssertionError("code " + code);
            }
        }
    }

    @Test
    void aSnapshotHoldsWhatThereWasAtTheCutWhateverIsDoneMeanwhile() throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            change();
        }
        for (int round = 0; round < 12; round++) {
            Map<String, String> atCut = new HashMap<>(model);
            KeptBytes sink = new KeptBytes();
            end = null;
            snapshots.begin("test", PLAN, sink, ended -> end = ended);
            int changesMax = 1 << random.nextInt(12);
            while (end == null) {
                owner.turn();
                for (int i = random.nextInt(changesMax); i > 0; i--) {
                    change();
                }
            }
            assertNull(end.failure());
            assertTrue(sink.isFinished());
            assertEquals(atCut, read(sink.bytes()));
            assertEquals(atCut.size(), end.keys());
            store.freeSome(Long.MAX_VALUE / 4);
        }
    }

    @Test
    void whatTheOwnerWritesByItselfIsTheSame() throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            change();
        }
        KeptBytes sink = new KeptBytes();
        SnapshotEnd whole = snapshots.write(PLAN, sink);
        assertNull(whole.failure());
        assertEquals(model, read(sink.bytes()));
        assertEquals(sink.bytes().length, whole.bytes());
    }

    @Test
    void afterAFailureNothingIsHeldAndTheNextSnapshotIsWhole() throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            change();
        }
        KeptBytes full = new KeptBytes().failAfter(100_000);
        snapshots.begin("test", PLAN, full, ended -> end = ended);
        while (end == null) {
            owner.turn();
            change();
        }
        assertNotNull(end.failure());
        assertTrue(full.isAborted());
        assertFalse(full.isFinished());
        assertNull(snapshots.active());
        KeptBytes sink = new KeptBytes();
        end = null;
        Map<String, String> atCut = new HashMap<>(model);
        snapshots.begin("test", PLAN, sink, ended -> end = ended);
        while (end == null) {
            owner.turn();
        }
        assertEquals(atCut, read(sink.bytes()));
    }

    @Test
    void aCancelledSnapshotEndsOnceAndLeavesNothing() throws Exception {
        for (int i = 0; i < CHANGES; i++) {
            change();
        }
        KeptBytes sink = new KeptBytes();
        Snapshot snapshot = snapshots.begin("test", PLAN, sink, ended -> end = ended);
        owner.turn();
        snapshot.cancel();
        snapshot.cancel();
        while (end == null) {
            owner.turn();
            change();
        }
        assertTrue(end.cancelled());
        assertTrue(sink.isAborted());
        assertNull(snapshots.active());
    }
}
