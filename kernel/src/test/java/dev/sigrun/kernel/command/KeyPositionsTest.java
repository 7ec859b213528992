// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.KeySpec.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class KeyPositionsTest {
    private final KeyPositions positions = new KeyPositions();

    private static CommandSpec spec(KeySpec... keys) {
        CommandSpec.Builder builder = CommandSpec.command("x", -1);
        for (KeySpec key : keys) {
            builder.key(key);
        }
        return builder.build();
    }

    /** The keys of a line, or null when it makes no sense. */
    private List<String> keys(CommandSpec spec, String line) {
        WordArgs args = WordArgs.of(line);
        if (!positions.find(spec, args, false)) {
            assertEquals(0, positions.count());
            return null;
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < positions.count(); i++) {
            keys.add(args.bytes(positions.position(i)).text());
        }
        return keys;
    }

    @Test
    void findsTheKeyAtAFixedPosition() {
        CommandSpec spec = spec(KeySpec.at(1, Use.RO, Use.ACCESS));
        assertEquals(List.of("k"), keys(spec, "get k"));
        assertEquals(Set.of(Use.RO, Use.ACCESS), positions.uses(0));
        assertNull(keys(spec, "get"));
    }

    @Test
    void findsEverySecondKeyUpToTheEnd() {
        CommandSpec spec = spec(KeySpec.range(1, -1, 2, Use.OW));
        assertEquals(List.of("a", "b"), keys(spec, "mset a 1 b 2"));
    }

    @Test
    void findsKeysInHalfOfTheRest() {
        CommandSpec spec = spec(KeySpec.keyword("streams", 1, -1, 1, 2, Use.RO));
        assertEquals(List.of("a", "b"), keys(spec, "xread count 2 STREAMS a b 0 0"));
    }

    @Test
    void findsNothingWithoutTheKeyword() {
        CommandSpec spec =
                spec(KeySpec.at(1, Use.RO), KeySpec.keyword("store", 2, 0, 1, 0, Use.OW));
        assertEquals(List.of("a"), keys(spec, "geo a"));
        assertEquals(List.of("a"), keys(spec, "geo a store"));
        assertEquals(List.of("a", "b"), keys(spec, "geo a x store b"));
    }

    @Test
    void searchesForTheKeywordFromTheEnd() {
        CommandSpec spec = spec(KeySpec.keyword("keys", -2, -1, 1, 0, Use.RW));
        assertEquals(List.of("b", "c"), keys(spec, "migrate keys a keys b c"));
        assertEquals(List.of(), keys(spec, "migrate keys a b c"));
        assertEquals(List.of("c"), keys(spec, "migrate a keys c"));
    }

    @Test
    void countsKeysByAnArgument() {
        CommandSpec spec = spec(KeySpec.at(1, Use.OW), KeySpec.counted(2, 1, 1, Use.RO));
        assertEquals(List.of("d", "a", "b"), keys(spec, "zunionstore d 2 a b weights 1 2"));
    }

    @Test
    void refusesCountsThatCannotBe() {
        CommandSpec spec = spec(KeySpec.counted(1, 1, 2, Use.OW));
        assertEquals(List.of("k"), keys(spec, "msetex 1 k v"));
        for (String count :
                List.of("0", "-1", "2", "x", "4294967295", "9223372036854775807", "", "1.5")) {
            assertNull(keys(spec, "msetex " + count + " k v"), count);
        }
    }

    @Test
    void passesOverWhatIsNotAKeyUnlessAskedForIt() {
        CommandSpec spec = spec(KeySpec.at(1, Use.NOT_KEY));
        assertFalse(KeyPositions.mayExist(spec));
        assertFalse(positions.find(spec, WordArgs.of("spublish c m"), false));
        CommandSpec mixed = spec(KeySpec.at(1, Use.NOT_KEY), KeySpec.at(2, Use.RO));
        assertTrue(positions.find(mixed, WordArgs.of("x c k"), true));
        assertEquals(2, positions.count());
    }

    @Test
    void asksTheFinderWhereSpecificationsEnd() {
        CommandSpec spec =
                CommandSpec.command("sort", -2)
                        .key(KeySpec.at(1, Use.RO, Use.ACCESS))
                        .key(KeySpec.unknown(Use.OW, Use.UPDATE))
                        .finder(args -> new int[] {1, args.count() - 1})
                        .build();
        assertEquals(List.of("a", "b"), keys(spec, "sort a store b"));
        assertEquals(Set.of(Use.RO, Use.ACCESS), positions.uses(0));
        assertEquals(Set.of(Use.OW, Use.UPDATE), positions.uses(1));
    }

    @Test
    void believesAnIncompleteSpecificationWhoseKeywordIsNotThere() {
        CommandSpec spec =
                CommandSpec.command("migrate", -2)
                        .key(KeySpec.at(1, Use.RW))
                        .key(KeySpec.keyword("keys", -2, -1, 1, 0, Use.RW, Use.INCOMPLETE))
                        .finder(args -> new int[] {2})
                        .build();
        assertEquals(List.of("a"), keys(spec, "migrate a b keys"));
        assertEquals(List.of("b"), keys(spec, "migrate a b keys c"));
    }

    @Test
    void asksTheFinderWhatIsDoneWithAKey() {
        CommandSpec.KeyFinder finder =
                new CommandSpec.KeyFinder() {
                    @Override
                    public int[] positions(Args args) {
                        return new int[] {1, 2};
                    }

                    @Override
                    public Set<Use> uses(Args args, int position) {
                        return position == 2 ? Set.of() : Set.of(Use.RO);
                    }
                };
        CommandSpec spec =
                CommandSpec.command("x", -3)
                        .key(KeySpec.range(1, 1, 1, Use.RW, Use.VARIABLE_FLAGS))
                        .finder(finder)
                        .build();
        assertEquals(List.of("a", "b"), keys(spec, "x a b"));
        assertEquals(Set.of(Use.RO), positions.uses(0));
        assertEquals(Set.of(Use.RW), positions.uses(1));
    }

    @Test
    void refusesWhatAFinderMakesNoSenseOf() {
        CommandSpec.Builder builder = CommandSpec.command("x", -1);
        assertNull(keys(builder.finder(args -> null).build(), "x a"));
        assertNull(keys(builder.finder(args -> new int[] {2}).build(), "x a"));
        assertEquals(List.of(), keys(builder.finder(args -> new int[0]).build(), "x a"));
    }

    @Test
    void staysInsideTheArgumentsWhateverTheyAre() {
        SplittableRandom random = new SplittableRandom(Long.getLong("sigrun.seed", 7));
        String[] words = {"1", "2", "-1", "99", "streams", "keys", "k", "2147483647", ""};
        for (int round = 0; round < 20_000; round++) {
            CommandSpec spec = spec(randomKeys(random), randomKeys(random));
            StringBuilder line = new StringBuilder("x");
            for (int i = random.nextInt(8); i > 0; i--) {
                line.append(' ').append(words[random.nextInt(words.length)]);
            }
            WordArgs args = WordArgs.of(line.toString());
            positions.find(spec, args, random.nextBoolean());
            for (int i = 0; i < positions.count(); i++) {
                int position = positions.position(i);
                assertTrue(position > 0 && position < args.count(), line.toString());
            }
        }
    }

    private static KeySpec randomKeys(SplittableRandom random) {
        int index = random.nextInt(-3, 5);
        int last = random.nextInt(-3, 4);
        int step = random.nextInt(1, 3);
        return switch (random.nextInt(4)) {
            case 0 -> KeySpec.range(index, last, step, Use.RW);
            case 1 -> KeySpec.keyword("streams", index, last, step, random.nextInt(3), Use.RO);
            case 2 -> KeySpec.counted(Math.max(index, 0), last, step, Use.RO, Use.INCOMPLETE);
            default -> KeySpec.unknown(Use.RW);
        };
    }
}
