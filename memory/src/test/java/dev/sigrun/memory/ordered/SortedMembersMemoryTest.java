// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.memory.Seed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SortedMembersMemoryTest {
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
    void runningOutOfMemoryChangesNothing(Shape shape) {
        int failures = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] member = shape.member(scene.random);
            double score = shape.score(scene.random);
            long before = SortedMembers.size(root);
            scene.limit(1500);
            try {
                scene.put(member, score);
            } catch (MemoryExhausted e) {
                failures++;
                assertEquals(before, SortedMembers.size(root));
                if (failures % 20 == 0) {
                    new SetCheck(root, Scene.K0, Scene.K1).withSpareRoom().run();
                }
            }
            if (scene.random.nextInt(3) == 0 && scene.model.size() > 0) {
                scene.limit(50);
                scene.remove(scene.someMember());
            }
        }
        assertTrue(failures > 0);
        scene.allocator.ceilingBytes(Long.MAX_VALUE);
        scene.compareAll();
    }

    @Test
    void freeingStepByStepEnds() {
        for (int i = 0; i < 3000; i++) {
            scene.put(Shape.HUGE_MEMBERS.member(scene.random), i % 50);
            scene.put(Shape.SPREAD.member(scene.random), i);
        }
        int calls = 0;
        while (!sets.freeSome(root, 3)) {
            calls++;
        }
        assertTrue(calls > 10, () -> "freed at once");
        assertEquals(scene.usedAtFirst, scene.allocator.usedBytes());
        assertEquals(0, SortedMembers.size(root));
    }

    @Test
    void aSetThatShrinksGivesMemoryBack() {
        for (int i = 0; i < 20_000; i++) {
            scene.put(Shape.text("member:" + i), i);
        }
        long full = SortedMembers.memoryBytes(root);
        List<Model.Element> elements = new ArrayList<>(scene.model.elements());
        for (int i = 0; i < elements.size(); i++) {
            if (i % 100 != 0) {
                scene.remove(elements.get(i).member());
            }
        }
        scene.check();
        assertTrue(
                SortedMembers.memoryBytes(root) < full / 40,
                () -> SortedMembers.memoryBytes(root) + " of " + full);
    }

    @Test
    void membersInOrderFillTheirLeaves() {
        for (int i = 0; i < 5000; i++) {
            scene.put(Shape.text(String.format("%08d", i)), i);
        }
        long each = SortedMembers.memoryBytes(root) / 5000;
        assertTrue(each < 31, () -> each + " bytes for a member of 8");
    }
}
