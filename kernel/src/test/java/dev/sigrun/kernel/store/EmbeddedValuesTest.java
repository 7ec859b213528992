// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.type.Cell;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedValuesTest {
    private static final int NAMES = 12;
    private static final long FAR_FUTURE = 1L << 50;

    private final Allocator allocator = new Allocator();
    private final ByteValues type = new ByteValues();
    private final long name = allocator.allocate(64);
    private final long otherName = allocator.allocate(64);
    private Store store;
    private PluginMemory memory;
    private Random random;

    @BeforeEach
    void open() {
        long seed = Long.getLong("sigrun.seed", new Random().nextLong());
        System.out.println("EmbeddedValuesTest seed " + seed);
        random = new Random(seed);
        store = new Store(allocator, new SystemClock(), random, 2, 1, 2);
        memory = new PluginMemory(allocator);
        store.types().add(type, memory);
    }

    @AfterEach
    void close() {
        allocator.close();
    }

    private StoredKey key(long at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Memory.copy(bytes, 0, at, bytes.length);
        Slice slice = new Slice().wrap(at, bytes.length);
        return new StoredKey(store)
                .open(store.database(0), store.hash(at, bytes.length), slice, Access.WRITE);
    }

    private void fill(Cell cell, byte[] content) {
        type.attach(cell, memory);
        Memory.copy(content, 0, cell.address() + ByteValues.HEAD, content.length);
    }

    private byte[] content(int length) {
        byte[] content = new byte[length];
        random.nextBytes(content);
        return content;
    }

    private int anyLength() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20);
            case 1 -> 200 + random.nextInt(100);
            case 2 -> 900 + random.nextInt(250);
            default -> random.nextInt(5000);
        };
    }

    @Test
    void behaveAsAMapOfByteArraysWhateverIsDoneToThem() throws Exception {
        Map<String, byte[]> model = new HashMap<>();
        Map<String, Boolean> items = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            String text = "key" + random.nextInt(NAMES);
            StoredKey key = key(name, text);
            byte[] known = model.get(text);
            assertEquals(known != null, key.isPresent());
            switch (random.nextInt(9)) {
                case 0 -> {
                    byte[] fresh = content(anyLength());
                    fill(key.newValue(type, ByteValues.HEAD + fresh.length), fresh);
                    model.put(text, fresh);
                    items.put(text, false);
                }
                case 1, 2, 3 -> {
                    if (known != null) {
                        Cell cell = key.value(type);
                        int length = random.nextBoolean() ? known.length + 10 : anyLength();
                        cell.resize(ByteValues.HEAD + length);
                        byte[] grown = Arrays.copyOf(known, length);
                        for (int i = known.length; i < length; i++) {
                            grown[i] = (byte) i;
                            Memory.putByte(cell.address() + ByteValues.HEAD + i, (byte) i);
                        }
                        model.put(text, grown);
                    }
                }
                case 4 -> {
                    if (known != null) {
                        key.expireAt(FAR_FUTURE + step);
                    }
                }
                case 5 -> key.persist();
                case 6 -> {
                    if (known != null) {
                        boolean some = random.nextBoolean();
                        key.elementsExpire(some);
                        items.put(text, some);
                    }
                }
                case 7 -> {
                    StoredKey other = key(otherName, "key" + random.nextInt(NAMES));
                    if (known != null && !other.isPresent()) {
                        String otherText = other.name().text();
                        type.expiring = items.get(text);
                        if (random.nextBoolean()) {
                            key.copyTo(other);
                        } else {
                            key.moveTo(other);
                            model.remove(text);
                        }
                        type.expiring = false;
                        model.put(otherText, known);
                        items.put(otherText, items.get(text));
                    }
                }
                default -> {
                    type.effort = random.nextBoolean() ? 1 : 1000;
                    assertEquals(known != null, key.remove(true));
                    model.remove(text);
                }
            }
            String checked = "key" + random.nextInt(NAMES);
            check(checked, model.get(checked));
        }
        assertEquals(model.size(), store.database(0).size());
        long expected = model.keySet().stream().filter(items::get).count();
        assertEquals(expected, store.database(0).keysWithVolatileItems());
        store.flush(0, false);
        store.freeSome(Long.MAX_VALUE / 2);
        assertEquals(0, memory.usedBytes());
        assertEquals(0, store.types().find(type).liveValues());
    }

    private void check(String text, byte[] expected) throws CommandException {
        Cell cell = key(otherName, text).value(type);
        if (expected == null) {
            assertEquals(null, cell);
        } else {
            byte[] all = cell.copy();
            assertArrayEquals(expected, Arrays.copyOfRange(all, ByteValues.HEAD, all.length));
        }
    }

    @Test
    void comeBackFromTheirPayload() throws Exception {
        for (int length : new int[] {0, 1, 200, 1015, 1016, 5000}) {
            StoredKey key = key(name, "source");
            byte[] content = content(length);
            fill(key.newValue(type, ByteValues.HEAD + length), content);
            byte[] payload = key.dump();
            key.remove(false);
            long block = allocator.allocate(payload.length);
            Memory.copy(payload, 0, block, payload.length);
            key(name, "source").restore(new Slice().wrap(block, payload.length));
            allocator.free(block, payload.length);
            check("source", content);
        }
        key(name, "source").remove(false);
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void areNotTakenForStringsNorStringsForThem() throws Exception {
        StoredKey key = key(name, "mixed");
        fill(key.newValue(type, ByteValues.HEAD), new byte[0]);
        assertThrows(CommandException.class, key::string);
        assertEquals("bytes", key.typeName());
        key.setInteger(70_000, false);
        assertTrue(key.isString());
        assertThrows(CommandException.class, () -> key.value(type));
        assertEquals(0, memory.usedBytes());
    }

    @Test
    void integersOfEveryWidthComeBack() throws Exception {
        StoredKey key = key(name, "number");
        for (int bits = 0; bits < 64; bits++) {
            for (long value :
                    new long[] {1L << bits, (1L << bits) - 1, -(1L << bits), ~(1L << bits)}) {
                key.setInteger(value, random.nextBoolean());
                assertEquals(value, key(otherName, "number").integer(0));
                assertEquals(Long.toString(value), key(otherName, "number").string().text());
            }
        }
    }
}
