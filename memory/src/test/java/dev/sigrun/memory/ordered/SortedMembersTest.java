// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SortedMembersTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private final Scene scene = new Scene(SEED.random());
    private final SortedMembers sets = scene.sets;
    private final long root = scene.root;

    @AfterEach
    void everythingIsGivenBack() {
        scene.end();
    }

    @ParameterizedTest
    @EnumSource
    void doesWhatTheModelDoes(Shape shape) {
        for (int phase = 0; phase < 4; phase++) {
            // The set grows, stays, shrinks and grows again.
            int share = new int[] {90, 50, 15, 80}[phase];
            for (int i = 0; i < 1500; i++) {
                if (scene.random.nextInt(100) < share) {
                    scene.put(shape);
                } else {
                    scene.remove(
                            scene.model.size() > 0
                                    ? scene.someMember()
                                    : shape.member(scene.random));
                }
                if (i % 50 == 0) {
                    scene.askSomething(shape);
                }
                if (i % 300 == 0) {
                    scene.check();
                }
            }
            scene.check();
            scene.compareAll();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangesAreRemovedAsInTheModel(Shape shape) {
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 700; i++) {
                scene.put(shape);
            }
            while (scene.model.size() > 0 && scene.random.nextInt(8) != 0) {
                int from = scene.random.nextInt(scene.model.size() + 1);
                int to = from + scene.random.nextInt((scene.model.size() - from) / 2 + 1);
                sets.removeRange(root, from, to);
                scene.model.removeRange(from, to);
                scene.check();
            }
            scene.compareAll();
        }
        sets.removeRange(root, 0, scene.model.size());
        assertEquals(scene.usedAtFirst, scene.allocator.usedBytes());
    }

    @ParameterizedTest
    @EnumSource
    void scoresChangeAsInTheModel(Shape shape) {
        for (int i = 0; i < 400; i++) {
            scene.put(shape);
        }
        for (int i = 0; i < 3000; i++) {
            byte[] member = scene.someMember();
            double old = scene.model.score(member);
            boolean near = scene.random.nextBoolean() && Double.isFinite(old);
            double step = scene.random.nextInt(-1, 2) * 0.25;
            scene.put(member, near ? old + step : shape.score(scene.random));
            if (i % 500 == 0) {
                scene.check();
            }
        }
        scene.check();
        scene.compareAll();
    }

    @ParameterizedTest
    @EnumSource
    void membersThatComeInOrderAreAllThere(Shape shape) {
        List<Model.Element> sorted = scene.distinct(shape, 1200);
        for (Model.Element element : sorted) {
            scene.put(element.member(), element.score());
        }
        scene.check();
        scene.compareAll();
        sets.removeRange(root, 0, scene.model.size());
        scene.model.removeRange(0, scene.model.size());
        for (Model.Element element : sorted.reversed()) {
            scene.put(element.member(), element.score());
        }
        scene.check();
        scene.compareAll();
    }

    @ParameterizedTest
    @EnumSource
    void appendingBuildsTheSameSet(Shape shape) {
        int members = scene.random.nextInt(1500);
        List<Model.Element> sorted = scene.distinct(shape, members);
        for (Model.Element element : sorted) {
            scene.argument(element.member());
            sets.append(root, element.score(), scene.argument, scene.length);
            scene.model.put(element.member(), element.score());
        }
        sets.endAppend(root);
        scene.check();
        scene.compareAll();
        for (int i = 0; i < 300; i++) {
            scene.put(shape);
        }
        scene.check();
    }

    @ParameterizedTest
    @EnumSource
    void aCopyIsEqualAndIndependent(Shape shape) {
        for (int i = 0; i < 900; i++) {
            scene.put(shape);
        }
        sets.copy(root, scene.other);
        new SetCheck(scene.other, Scene.K0, Scene.K1).run();
        for (int left = scene.model.size() / 2; scene.model.size() > left; ) {
            scene.remove(scene.someMember());
        }
        scene.check();
        new SetCheck(scene.other, Scene.K0, Scene.K1).run();
        sets.free(root);
        Memory.copy(scene.other, root, SortedMembers.ROOT_BYTES);
        SortedMembers.init(scene.other);
        assertTrue(SortedMembers.size(root) > scene.model.size());
    }

    @Test
    void zerosAreEqualButKeepTheirSigns() {
        scene.put(Shape.text("b"), 0.0);
        scene.put(Shape.text("a"), -0.0);
        scene.cursor.seek(root, 0);
        assertEquals(-0.0, scene.cursor.score());
        assertTrue(scene.cursor.next());
        assertEquals(0.0, scene.cursor.score());
        assertFalse(scene.cursor.next());
        assertEquals(0, sets.rank(root, -0.0, false));
        assertEquals(2, sets.rank(root, -0.0, true));
    }

    @Test
    void ranksThatAreNotThereAreRefused() {
        scene.put(Shape.text("a"), 1);
        assertThrows(IndexOutOfBoundsException.class, () -> scene.cursor.seek(root, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> scene.cursor.seek(root, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> sets.removeRange(root, 0, 2));
    }
}
