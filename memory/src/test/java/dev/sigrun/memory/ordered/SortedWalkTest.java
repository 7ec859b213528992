// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.memory.Memory;
import dev.sigrun.memory.Seed;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A walk shows what there was when it began, whatever is done to the set in between. */
final class SortedWalkTest {
    @RegisterExtension static final Seed SEED = new Seed();

    private static String text(byte[] member) {
        return new String(member, StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Double> content(Scene scene) {
        Map<String, Double> content = new HashMap<>();
        scene.model.elements().forEach(each -> content.put(text(each.member()), each.score()));
        return content;
    }

    private static void show(Map<String, Double> shown, long member, int length, double score) {
        byte[] bytes = new byte[length];
        Memory.copy(member, bytes, 0, length);
        assertNull(shown.put(text(bytes), score), "shown twice");
    }

    private static void change(Scene scene, Shape shape, int growth) {
        int choice = scene.random.nextInt(12);
        if (choice < growth || scene.model.size() == 0) {
            scene.put(shape);
        } else if (choice < 11) {
            scene.remove(scene.someMember());
        } else if (scene.random.nextInt(30) == 0) {
            int from = scene.random.nextInt(scene.model.size());
            int to = Math.min(scene.model.size(), from + 1 + scene.random.nextInt(60));
            scene.sets.removeRange(scene.root, from, to);
            for (int rank = to - 1; rank >= from; rank--) {
                scene.model.remove(scene.model.at(rank).member());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void aWalkShowsEveryMemberOnceWithItsScoreAtTheBeginning(Shape shape) {
        SplittableRandom random = SEED.random();
        Scene scene = new Scene(random);
        for (int i = 0; i < 3000; i++) {
            scene.put(shape);
        }
        for (int round = 0; round < 10; round++) {
            Map<String, Double> before = content(scene);
            Map<String, Double> shown = new HashMap<>();
            int changesMax = 1 + (1 << random.nextInt(8));
            int growth = random.nextInt(11);
            SortedWalk walk =
                    new SortedWalk(
                            scene.sets,
                            () -> scene.root,
                            (member, length, score) -> show(shown, member, length, score));
            assertEquals(before.size(), walk.size());
            boolean more = true;
            while (more) {
                for (int i = random.nextInt(changesMax); i > 0; i--) {
                    change(scene, shape, growth);
                }
                more = walk.step();
            }
            walk.close();
            assertEquals(before, shown);
        }
        scene.check();
        scene.end();
    }

    @Test
    void aWalkThatHasToEndNowShowsTheRest() {
        Scene scene = new Scene(SEED.random());
        Shape shape = Shape.SPREAD;
        for (int i = 0; i < 1000; i++) {
            scene.put(shape);
        }
        Map<String, Double> before = content(scene);
        Map<String, Double> shown = new HashMap<>();
        SortedWalk walk =
                new SortedWalk(
                        scene.sets,
                        () -> scene.root,
                        (member, length, score) -> show(shown, member, length, score));
        walk.step();
        change(scene, shape, 6);
        scene.sets.endWalks(scene.root);
        assertEquals(before, shown);
        change(scene, shape, 6);
        walk.step();
        walk.close();
        assertEquals(before, shown);
        scene.end();
    }
}
