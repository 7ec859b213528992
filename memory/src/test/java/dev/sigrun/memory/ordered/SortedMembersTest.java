// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.Seed;
import dev.sigrun.memory.SipHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SortedMembersTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static final int ARGUMENT_BYTES = 1 << 16;
    private static final long K0 = 0x0123456789abcdefL;
    private static final long K1 = 0x1122334455667788L;

    private final Allocator allocator = new Allocator();
    private final SortedMembers sets = new SortedMembers(allocator, K0, K1);
    private final MemberCursor cursor = new MemberCursor();
    private final long root = allocator.allocate(SortedMembers.ROOT_BYTES);
    private final long other = allocator.allocate(SortedMembers.ROOT_BYTES);
    private final long argument = allocator.allocate(ARGUMENT_BYTES);
    private final long usedAtFirst = allocator.usedBytes();
    private final SplittableRandom random = SEED.random();
    private final Model model = new Model();
    private int length;

    SortedMembersTest() {
        SortedMembers.init(root);
        SortedMembers.init(other);
    }

    @AfterEach
    void everythingIsGivenBack() {
        allocator.ceilingBytes(Long.MAX_VALUE);
        sets.free(root);
        sets.free(other);
        assertEquals(usedAtFirst, allocator.usedBytes(), "bytes in use");
        allocator.close();
    }

    /** What members and scores look like. */
    enum Shape {
        MANY_TIES {
            @Override
            double score(SplittableRandom random) {
                return random.nextInt(3);
            }

            @Override
            byte[] member(SplittableRandom random) {
                return text("m" + random.nextInt(3000));
            }
        },
        SPREAD {
            @Override
            double score(SplittableRandom random) {
                return random.nextDouble(-1e6, 1e6);
            }

            @Override
            byte[] member(SplittableRandom random) {
                return text("member:" + random.nextInt(2500));
            }
        },
        SPECIAL_SCORES {
            @SuppressWarnings("ImmutableEnumChecker") // Nobody writes to it.
            private final double[] scores = {
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1,
                -1
            };

            @Override
            double score(SplittableRandom random) {
                return scores[random.nextInt(scores.length)];
            }

            @Override
            byte[] member(SplittableRandom random) {
                return text(Integer.toString(random.nextInt(1500), 36));
            }
        },
        LONG_COMMON_PREFIXES {
            @Override
            double score(SplittableRandom random) {
                return random.nextInt(8) == 0 ? random.nextInt(2) : 5;
            }

            @Override
            byte[] member(SplittableRandom random) {
                return text("p".repeat(60 + random.nextInt(3) * 20) + random.nextInt(400));
            }
        },
        HUGE_MEMBERS {
            @Override
            double score(SplittableRandom random) {
                return random.nextInt(20);
            }

            @Override
            byte[] member(SplittableRandom random) {
                int kind = random.nextInt(500);
                byte[] member = new byte[kind % 7 == 0 ? 505 + kind % 16 : kind * kind / 90];
                Arrays.fill(member, (byte) (kind % 3));
                if (member.length > 1) {
                    member[member.length - 1] = (byte) kind;
                }
                return member;
            }
        };

        abstract double score(SplittableRandom random);

        abstract byte[] member(SplittableRandom random);

        static byte[] text(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesWhatTheModelDoes(Shape shape) {
        for (int phase = 0; phase < 4; phase++) {
            // The set grows, stays, shrinks and grows again.
            int share = new int[] {90, 50, 15, 80}[phase];
            for (int i = 0; i < 1500; i++) {
                if (random.nextInt(100) < share) {
                    put(shape.member(random), shape.score(random));
                } else {
                    remove(model.size() > 0 ? someMember() : shape.member(random));
                }
                if (i % 50 == 0) {
                    askSomething(shape);
                }
                if (i % 300 == 0) {
                    check();
                }
            }
            check();
            compareAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesAreRemovedAsInTheModel(Shape shape) {
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 700; i++) {
                put(shape.member(random), shape.score(random));
            }
            while (model.size() > 0 && random.nextInt(8) != 0) {
                int from = random.nextInt(model.size() + 1);
                int to = from + random.nextInt((model.size() - from) / 2 + 1);
                sets.removeRange(root, from, to);
                model.removeRange(from, to);
                check();
            }
            compareAll();
        }
        sets.removeRange(root, 0, model.size());
        assertEquals(usedAtFirst, allocator.usedBytes());
    }

    @ParameterizedTest
    @EnumSource
    void scoresChangeAsInTheModel(Shape shape) {
        for (int i = 0; i < 400; i++) {
            put(shape.member(random), shape.score(random));
        }
        for (int i = 0; i < 3000; i++) {
            byte[] member = someMember();
            double old = model.score(member);
            boolean near = random.nextBoolean() && Double.isFinite(old);
            put(member, near ? old + random.nextInt(-1, 2) * 0.25 : shape.score(random));
            if (i % 500 == 0) {
                check();
            }
        }
        check();
        compareAll();
    }

    @ParameterizedTest
    @EnumSource
    void membersThatComeInOrderAreAllThere(Shape shape) {
        List<Model.Element> sorted = distinct(shape, 1200);
        for (Model.Element element : sorted) {
            put(element.member(), element.score());
        }
        check();
        compareAll();
        sets.removeRange(root, 0, model.size());
        model.removeRange(0, model.size());
        for (Model.Element element : sorted.reversed()) {
            put(element.member(), element.score());
        }
        check();
        compareAll();
    }

    @ParameterizedTest
    @EnumSource
    void appendingBuildsTheSameSet(Shape shape) {
        int members = random.nextInt(1500);
        List<Model.Element> sorted = distinct(shape, members);
        for (Model.Element element : sorted) {
            argument(element.member());
            sets.append(root, element.score(), argument, length);
            model.put(element.member(), element.score());
        }
        sets.endAppend(root);
        check();
        compareAll();
        for (int i = 0; i < 300; i++) {
            put(shape.member(random), shape.score(random));
        }
        check();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsEqualAndIndependent(Shape shape) {
        for (int i = 0; i < 900; i++) {
            put(shape.member(random), shape.score(random));
        }
        sets.copy(root, other);
        new SetCheck(other, K0, K1).run();
        for (int left = model.size() / 2; model.size() > left; ) {
            remove(someMember());
        }
        check();
        new SetCheck(other, K0, K1).run();
        sets.free(root);
        Memory.copy(other, root, SortedMembers.ROOT_BYTES);
        SortedMembers.init(other);
        assertTrue(SortedMembers.size(root) > model.size());
    }

    @ParameterizedTest
    @EnumSource
    void aScanVisitsWhatStaysWhateverElseHappens(Shape shape) {
        for (int i = 0; i < 1500; i++) {
            put(shape.member(random), shape.score(random));
        }
        Set<String> stay = new HashSet<>();
        for (Model.Element element : model.elements()) {
            if (random.nextBoolean()) {
                stay.add(key(element.member()));
            }
        }
        Set<String> seen = new HashSet<>();
        long position = 0;
        do {
            position = sets.scan(root, position, (m, l, s) -> seen.add(key(bytes(m, l))));
            for (int i = 0; i < 40; i++) {
                byte[] member = random.nextBoolean() ? someMember() : shape.member(random);
                boolean mayGo = !stay.contains(key(member));
                if (mayGo && random.nextInt(3) != 0) {
                    remove(member);
                } else {
                    put(member, shape.score(random));
                }
            }
        } while (position != 0);
        stay.removeAll(seen);
        assertEquals(Set.of(), stay, "members that stayed and were not seen");
    }

    @ParameterizedTest
    @EnumSource
    void runningOutOfMemoryChangesNothing(Shape shape) {
        int failures = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] member = shape.member(random);
            double score = shape.score(random);
            long before = SortedMembers.size(root);
            allocator.ceilingBytes(allocator.usedBytes() + random.nextInt(1500));
            try {
                put(member, score);
            } catch (MemoryExhausted e) {
                failures++;
                assertEquals(before, SortedMembers.size(root));
                if (failures % 20 == 0) {
                    new SetCheck(root, K0, K1).withSpareRoom().run();
                }
            }
            if (random.nextInt(3) == 0 && model.size() > 0) {
                allocator.ceilingBytes(allocator.usedBytes() + random.nextInt(50));
                remove(someMember());
            }
        }
        assertTrue(failures > 0);
        allocator.ceilingBytes(Long.MAX_VALUE);
        compareAll();
    }

    @Test
    void membersWhoseHashesAreNotToldApartAreNoTrouble() {
        for (int i = 0; i < 500; i++) {
            put(Shape.text("other" + i), i);
        }
        String[] pairs = {"c1118244", "c1562702", "c1088782", "c2423779", "c2219263", "c2806853"};
        for (int i = 0; i < pairs.length; i += 2) {
            assertEquals(hash(pairs[i]) >>> 24, hash(pairs[i + 1]) >>> 24, "the pair is one");
            // The first two are in one leaf, the others in leaves that are far apart.
            put(Shape.text(pairs[i]), 100);
            put(Shape.text(pairs[i + 1]), 100 + i * 100);
        }
        check();
        Set<String> seen = new HashSet<>();
        long position = 0;
        do {
            position = sets.scan(root, position, (m, l, s) -> seen.add(key(bytes(m, l))));
        } while (position != 0);
        assertEquals(model.size(), seen.size());
        for (int i = 0; i < pairs.length; i++) {
            put(Shape.text(pairs[i]), 450 - i);
            check();
            remove(Shape.text(pairs[i]));
            check();
        }
        compareAll();
    }

    private static long hash(String member) {
        return SipHash.hash12(Shape.text(member), K0, K1);
    }

    @Test
    void freeingStepByStepEnds() {
        for (int i = 0; i < 3000; i++) {
            put(Shape.HUGE_MEMBERS.member(random), i % 50);
            put(Shape.SPREAD.member(random), i);
        }
        int calls = 0;
        while (!sets.freeSome(root, 3)) {
            calls++;
        }
        assertTrue(calls > 10, () -> "freed at once");
        assertEquals(usedAtFirst, allocator.usedBytes());
        assertEquals(0, SortedMembers.size(root));
    }

    @Test
    void aSetThatShrinksGivesMemoryBack() {
        for (int i = 0; i < 20_000; i++) {
            put(Shape.text("member:" + i), i);
        }
        long full = SortedMembers.memoryBytes(root);
        List<Model.Element> elements = new ArrayList<>(model.elements());
        for (int i = 0; i < elements.size(); i++) {
            if (i % 100 != 0) {
                remove(elements.get(i).member());
            }
        }
        check();
        assertTrue(
                SortedMembers.memoryBytes(root) < full / 40,
                () -> SortedMembers.memoryBytes(root) + " of " + full);
    }

    @Test
    void membersInOrderFillTheirLeaves() {
        for (int i = 0; i < 5000; i++) {
            put(Shape.text(String.format("%08d", i)), i);
        }
        long each = SortedMembers.memoryBytes(root) / 5000;
        assertTrue(each < 31, () -> each + " bytes for a member of 8");
    }

    @Test
    void zerosAreEqualButKeepTheirSigns() {
        put(Shape.text("b"), 0.0);
        put(Shape.text("a"), -0.0);
        cursor.seek(root, 0);
        assertEquals(-0.0, cursor.score());
        assertTrue(cursor.next());
        assertEquals(0.0, cursor.score());
        assertFalse(cursor.next());
        assertEquals(0, sets.rank(root, -0.0, false));
        assertEquals(2, sets.rank(root, -0.0, true));
    }

    @Test
    void ranksThatAreNotThereAreRefused() {
        put(Shape.text("a"), 1);
        assertThrows(IndexOutOfBoundsException.class, () -> cursor.seek(root, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> cursor.seek(root, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> sets.removeRange(root, 0, 2));
    }

    private List<Model.Element> distinct(Shape shape, int count) {
        Model sorted = new Model();
        for (int i = 0; i < count; i++) {
            sorted.put(shape.member(random), shape.score(random));
        }
        return new ArrayList<>(sorted.elements());
    }

    private void check() {
        new SetCheck(root, K0, K1).run();
    }

    private byte[] someMember() {
        return model.at(random.nextInt(model.size())).member();
    }

    private void argument(byte[] member) {
        Memory.copy(member, 0, argument, member.length);
        length = member.length;
    }

    private void put(byte[] member, double score) {
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

    private void remove(byte[] member) {
        argument(member);
        boolean found = sets.find(root, argument, length);
        assertEquals(model.remove(member), found);
        if (found) {
            sets.remove(root);
        }
    }

    private void askSomething(Shape shape) {
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

    private void compareAll() {
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

    private void compare(int rank) {
        Model.Element expected = model.at(rank);
        assertEquals(expected.score(), cursor.score());
        assertArrayEquals(expected.member(), bytes(cursor.member(), cursor.length()));
    }

    private static byte[] bytes(long address, int count) {
        byte[] bytes = new byte[count];
        Memory.copy(address, bytes, 0, count);
        return bytes;
    }

    private static String key(byte[] member) {
        return new String(member, StandardCharsets.ISO_8859_1);
    }
}
