// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A set beside its model, and a second one; what is done is done to both. */
final class Scene {
    static final long K0 = 0x0123456789abcdefL;
    static final long K1 = 0x1122334455667788L;

    private static final int ARGUMENT_BYTES = 1 << 16;

    final Allocator allocator = new Allocator();
    final SortedMembers sets = new SortedMembers(allocator, K0, K1);
    final MemberCursor cursor = new MemberCursor();
    final long root = allocator.allocate(SortedMembers.ROOT_BYTES);
    final long other = allocator.allocate(SortedMembers.ROOT_BYTES);
    final long argument = allocator.allocate(ARGUMENT_BYTES);
    final long usedAtFirst = allocator.usedBytes();
    final SplittableRandom random;
    final Model model = new Model();
    int length;

    Scene(SplittableRandom random) {
        this.random = random;
        SortedMembers.init(root);
        SortedMembers.init(other);
    }

    /** Frees both sets and sees whether that was all. */
    void end() {
        allocator.ceilingBytes(Long.MAX_VALUE);
        sets.free(root);
        sets.free(other);
        assertEquals(usedAtFirst, allocator.usedBytes(), "bytes in use");
        allocator.close();
    }

    void check() {
        new SetCheck(root, K0, K1).run();
    }

    List<Model.Element> distinct(Shape shape, int count) {
        Model sorted = new Model();
        for (int i = 0; i < count; i++) {
            sorted.put(shape.member(random), shape.score(random));
        }
        return new ArrayList<>(sorted.elements());
    }

    byte[] someMember() {
        return model.at(random.nextInt(model.size())).member();
    }

    void argument(byte[] member) {
        Memory.copy(member, 0, argument, member.length);
        length = member.length;
    }

    /** Lets the allocator have no more than a few bytes in addition. */
    void limit(int bytesMax) {
        allocator.ceilingBytes(allocator.usedBytes() + random.nextInt(bytesMax));
    }

    /** Adds a member at random, or changes its score. */
    void put(Shape shape) {
        put(shape.member(random), shape.score(random));
    }

    void put(byte[] member, double score) {
        argument(member);
        Double before = model.score(member);
        boolean found = sets.find(root, argument, length);
        assertEquals(before != null, found);
        if (found) {
            assertEquals(before, sets.score());
            sets.update(root, score);
        } else {
            sets.add(root, score);
        }
        model.put(member, score);
    }

    void remove(byte[] member) {
        argument(member);
        boolean found = sets.find(root, argument, length);
        assertEquals(model.remove(member), found);
        if (found) {
            sets.remove(root);
        }
    }

    void askSomething(Shape shape) {
        assertEquals(model.size(), SortedMembers.size(root));
        byte[] member = shape.member(random);
        double score = shape.score(random);
        boolean behind = random.nextBoolean();
        argument(member);
        assertEquals(model.rank(score, behind), sets.rank(root, score, behind));
        assertEquals(
                model.rank(score, member, behind),
                sets.rank(root, score, argument, length, behind));
        if (sets.find(root, argument, length)) {
            assertEquals(model.rank(sets.score(), member, false), sets.rank(root));
        }
    }

    void compareAll() {
        assertEquals(model.size(), SortedMembers.size(root));
        if (model.size() == 0) {
            return;
        }
        int start = random.nextInt(model.size());
        cursor.seek(root, start);
        int rank = start;
        do {
            compare(rank++);
        } while (cursor.next());
        assertEquals(model.size(), rank);
        cursor.seek(root, start);
        rank = start;
        do {
            compare(rank--);
        } while (cursor.previous());
        assertEquals(-1, rank);
    }

    void compare(int rank) {
        Model.Element expected = model.at(rank);
        assertEquals(expected.score(), cursor.score());
        assertArrayEquals(expected.member(), bytes(cursor.member(), cursor.length()));
    }

    static byte[] bytes(long address, int count) {
        byte[] bytes = new byte[count];
        Memory.copy(address, bytes, 0, count);
        return bytes;
    }

    /** The members that whole rounds of scans visit. */
    Set<String> scanAll() {
        Set<String> seen = new HashSet<>();
        long position = 0;
        do {
            position = sets.scan(root, position, (m, l, score) -> seen.add(key(bytes(m, l))));
        } while (position != 0);
        return seen;
    }

    static String key(byte[] member) {
        return new String(member, StandardCharsets.ISO_8859_1);
    }
}
