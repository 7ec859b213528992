// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bitmap commands at random do to strings what they do to sets of bits. */
final class BitmapModelTest {
    private static final int COMMANDS = 4000;
    private static final int KEYS = 6;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final BitSet[] bits = new BitSet[KEYS];
    private final int[] lengths = new int[KEYS];
    private SplittableRandom random;
    private RespClient client;

    @Test
    void theServerDoesWhatBitSetsDo() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("BitmapModelTest: -Dsigrun.test.seed=" + seed);
        random = new SplittableRandom(seed);
        client = SERVER.connect();
        for (int i = 0; i < KEYS; i++) {
            bits[i] = new BitSet();
        }
        for (int i = 0; i < COMMANDS; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> setbit();
                case 2 -> getbit();
                case 3 -> bitcount();
                case 4 -> bitpos();
                default -> bitop();
            }
        }
    }

    private int key() {
        return random.nextInt(KEYS);
    }

    private long ask(Object... words) {
        String[] command = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            command[i] = words[i].toString();
        }
        return client.ask(command).integer();
    }

    /** Mostly near the beginning, now and then far beyond what one part of a combination holds. */
    private int offset() {
        return random.nextInt(random.nextInt(20) == 0 ? 200_000 : 600);
    }

    private void setbit() {
        int key = key();
        int offset = offset();
        int bit = random.nextInt(2);
        int old = bits[key].get(offset) ? 1 : 0;
        assertEquals(old, ask("SETBIT", "k" + key, offset, bit));
        bits[key].set(offset, bit == 1);
        lengths[key] = Math.max(lengths[key], offset / 8 + 1);
    }

    private void getbit() {
        int key = key();
        int offset = offset();
        assertEquals(bits[key].get(offset) ? 1 : 0, ask("GETBIT", "k" + key, offset));
    }

    private void bitcount() {
        int key = key();
        assertEquals(bits[key].cardinality(), ask("BITCOUNT", "k" + key));
        int start = offset();
        int end = start + offset();
        assertEquals(
                bits[key].get(start, end + 1).cardinality(),
                ask("BITCOUNT", "k" + key, start, end, "BIT"));
    }

    private void bitpos() {
        int key = key();
        if (lengths[key] == 0) {
            assertEquals(0, ask("BITPOS", "k" + key, 0));
            return;
        }
        int start = random.nextInt(lengths[key]);
        int one = bits[key].nextSetBit(8 * start);
        int zero = bits[key].nextClearBit(8 * start);
        assertEquals(one, ask("BITPOS", "k" + key, 1, start));
        assertEquals(zero, ask("BITPOS", "k" + key, 0, start));
        int end = start + random.nextInt(50);
        int last = 8 * Math.min(end + 1, lengths[key]) - 1;
        assertEquals(one > last ? -1 : one, ask("BITPOS", "k" + key, 1, start, end));
        assertEquals(zero > last ? -1 : zero, ask("BITPOS", "k" + key, 0, start, end));
    }

    private void bitop() {
        int target = key();
        String name = List.of("AND", "OR", "XOR", "NOT").get(random.nextInt(4));
        int sources = name.equals("NOT") ? 1 : random.nextInt(1, random.nextInt(9) == 0 ? 80 : 4);
        List<Object> command = new ArrayList<>(List.of("BITOP", name, "k" + target));
        BitSet result = null;
        int length = 0;
        for (int i = 0; i < sources; i++) {
            int source = key();
            command.add("k" + source);
            length = Math.max(length, lengths[source]);
            result = combined(name, result, bits[source]);
        }
        if (name.equals("NOT")) {
            result.flip(0, 8 * length);
        }
        assertEquals(length, ask(command.toArray()));
        bits[target] = result;
        lengths[target] = length;
        assertEquals(length, ask("STRLEN", "k" + target));
        assertEquals(result.cardinality(), ask("BITCOUNT", "k" + target));
    }

    private static BitSet combined(String name, BitSet result, BitSet source) {
        if (result == null) {
            return (BitSet) source.clone();
        }
        switch (name) {
            case "AND" -> result.and(source);
            case "OR" -> result.or(source);
            default -> result.xor(source);
        }
        return result;
    }
}
