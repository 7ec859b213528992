// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.memory.Seed;
import dev.sigrun.memory.SipHash;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SortedMembersScanTest {
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
    void aScanVisitsWhatStaysWhateverElseHappens(Shape shape) {
        for (int i = 0; i < 1500; i++) {
            scene.put(shape);
        }
        Set<String> stay = new HashSet<>();
        for (Model.Element element : scene.model.elements()) {
            if (scene.random.nextBoolean()) {
                stay.add(Scene.key(element.member()));
            }
        }
        Set<String> seen = new HashSet<>();
        long position = 0;
        do {
            position =
                    sets.scan(root, position, (m, l, s) -> seen.add(Scene.key(Scene.bytes(m, l))));
            for (int i = 0; i < 40; i++) {
                byte[] member =
                        scene.random.nextBoolean()
                                ? scene.someMember()
                                : shape.member(scene.random);
                boolean mayGo = !stay.contains(Scene.key(member));
                if (mayGo && scene.random.nextInt(3) != 0) {
                    scene.remove(member);
                } else {
                    scene.put(member, shape.score(scene.random));
                }
            }
        } while (position != 0);
        stay.removeAll(seen);
        assertEquals(Set.of(), stay, "members that stayed and were not seen");
    }

    @Test
    void membersWhoseHashesAreNotToldApartAreNoTrouble() {
        for (int i = 0; i < 500; i++) {
            scene.put(Shape.text("other" + i), i);
        }
        String[] pairs = {"c1118244", "c1562702", "c1088782", "c2423779", "c2219263", "c2806853"};
        for (int i = 0; i < pairs.length; i += 2) {
            assertEquals(hash(pairs[i]) >>> 24, hash(pairs[i + 1]) >>> 24, "the pair is one");
            // The first two are in one leaf, the others in leaves that are far apart.
            scene.put(Shape.text(pairs[i]), 100);
            scene.put(Shape.text(pairs[i + 1]), 100 + i * 100);
        }
        scene.check();
        assertEquals(scene.model.size(), scene.scanAll().size());
        for (int i = 0; i < pairs.length; i++) {
            scene.put(Shape.text(pairs[i]), 450 - i);
            scene.check();
            scene.remove(Shape.text(pairs[i]));
            scene.check();
        }
        scene.compareAll();
    }

    private static long hash(String member) {
        return SipHash.hash12(Shape.text(member), Scene.K0, Scene.K1);
    }
}
