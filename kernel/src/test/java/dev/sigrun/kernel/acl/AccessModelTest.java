// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.KeyPositions;
import dev.sigrun.kernel.command.WordArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random rules allow what a plain model of them allows, however they are written down. */
final class AccessModelTest {
    private static final List<String> RULES =
            List.of(
                    "+@all",
                    "-@all",
                    "+get",
                    "-get",
                    "+set",
                    "-set",
                    "+type",
                    "-type",
                    "+copy",
                    "-copy",
                    "+ping",
                    "-ping",
                    "+@read",
                    "-@read",
                    "+@write",
                    "-@write",
                    "+@fast",
                    "-@fast",
                    "+@admin",
                    "-@admin",
                    "+config",
                    "-config",
                    "+config|get",
                    "-config|get",
                    "+config|set",
                    "-config|set",
                    "+select",
                    "-select",
                    "+select|1",
                    "+select|2",
                    "+publish",
                    "+@pubsub",
                    "-@pubsub",
                    "+psubscribe",
                    "~a*",
                    "~b",
                    "%R~a*",
                    "%W~a*",
                    "%R~c*",
                    "%W~*",
                    "allkeys",
                    "resetkeys",
                    "&n*",
                    "&m?",
                    "allchannels",
                    "resetchannels",
                    "db=0",
                    "db=1,2",
                    "resetdbs",
                    "alldbs",
                    "+flushall",
                    "+@keyspace",
                    "-@string",
                    "+@slow");
    private static final List<String> LINES =
            List.of(
                    "get a1",
                    "get b",
                    "get c1",
                    "set a1 x",
                    "set b x",
                    "set c1 x",
                    "type c9",
                    "copy a1 b",
                    "copy c1 a1",
                    "ping",
                    "select 0",
                    "select 1",
                    "select 2",
                    "config get x",
                    "config set x y",
                    "publish n1 x",
                    "publish mx y",
                    "publish m y",
                    "psubscribe n* m?",
                    "psubscribe n1",
                    "flushall",
                    "auth x");
    private static final int DATABASES = 3;

    private final long seed = Long.getLong("sigrun.seed", System.nanoTime());
    private final CommandsForTests commands = new CommandsForTests();
    private final AccessControl access =
            new AccessControl(commands.registry, new KeyPositions(), DATABASES);

    @Test
    void rulesAllowWhatTheModelAllows() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            access.users().remove("u");
            assertNull(access.users().set("u", List.of("resetchannels")));
            RightsModel model = new RightsModel(commands.registry);
            for (int step = 0; step < 25; step++) {
                String rule = RULES.get(random.nextInt(RULES.size()));
                if (access.users().set("u", List.of(rule)) == null) {
                    model.add(rule);
                }
                if (random.nextInt(4) == 0) {
                    compare(model, access.users().find("u"));
                }
            }
            compare(model, writtenDownAndRead(access.users().find("u")));
        }
    }

    private User writtenDownAndRead(User user) {
        List<String> words = new ArrayList<>(List.of(user.line().split(" ")));
        access.users().remove("v");
        assertNull(access.users().set("v", words.subList(2, words.size())), "seed " + seed);
        User read = access.users().find("v");
        assertEquals(user.line(), read.line().replace("user v", "user u"), "seed " + seed);
        return read;
    }

    private void compare(RightsModel model, User user) {
        for (String line : LINES) {
            for (int db = 0; db < DATABASES; db++) {
                WordArgs args = WordArgs.of(line);
                Command command = command(args);
                Denial denial = access.check(user, command.access(), args, db);
                assertEquals(
                        expected(model, command, line.split(" "), db),
                        denial,
                        () -> "seed " + seed + ": " + line + " for " + user.line());
            }
        }
    }

    private Command command(WordArgs args) {
        Command command = commands.registry.table().find(args.bytes(0).text());
        return command.subcommands().size() == 0
                ? command
                : command.subcommands().find(args.bytes(1).text());
    }

    private static Denial expected(RightsModel model, Command command, String[] words, int db) {
        String name = command.fullName();
        String first = words.length > 1 ? words[1] : "";
        boolean usesDb = List.of("get", "set", "type", "copy").contains(name);
        boolean dbAllowed = !usesDb || model.allowsDatabase(db);
        if (name.equals("select")) {
            dbAllowed = model.allowsDatabase(Integer.parseInt(first));
        } else if (name.equals("flushall")) {
            dbAllowed =
                    model.allowsDatabase(0) && model.allowsDatabase(1) && model.allowsDatabase(2);
        }
        if (!dbAllowed) {
            return Denial.DATABASE;
        }
        if (!name.equals("auth") && !model.allowsCommand(name, command.categories(), first)) {
            return Denial.COMMAND;
        }
        boolean keysAllowed =
                switch (name) {
                    case "get", "type" -> model.allowsKey(first, true, false);
                    case "set" -> model.allowsKey(first, false, true);
                    case "copy" ->
                            model.allowsKey(first, true, false)
                                    && model.allowsKey(words[2], false, true);
                    default -> true;
                };
        if (!keysAllowed) {
            return Denial.KEY;
        }
        boolean channelsAllowed = true;
        if (name.equals("publish")) {
            channelsAllowed = model.allowsChannel(first, false);
        } else if (name.equals("psubscribe")) {
            for (int i = 1; i < words.length; i++) {
                channelsAllowed &= model.allowsChannel(words[i], true);
            }
        }
        return channelsAllowed ? null : Denial.CHANNEL;
    }

    @Test
    void severalSelectorsAllowWhatAnyOfThemAllows() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            List<String> selectors = new ArrayList<>();
            List<User> alone = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                StringBuilder rules = new StringBuilder();
                for (int step = 0; step < 6; step++) {
                    rules.append(' ').append(RULES.get(random.nextInt(RULES.size())));
                }
                access.users().remove("one" + i);
                String selector = "(" + rules.substring(1) + ")";
                if (access.users().set("one" + i, List.of(selector)) == null) {
                    selectors.add(selector);
                    alone.add(access.users().find("one" + i));
                }
            }
            access.users().remove("u");
            assertNull(access.users().set("u", selectors));
            compareWithAny(access.users().find("u"), alone);
        }
    }

    private void compareWithAny(User user, List<User> alone) {
        for (String line : LINES) {
            WordArgs args = WordArgs.of(line);
            AclCommand command = command(args).access();
            boolean any = access.check(user(), command, args, 1) == null;
            for (User one : alone) {
                any |= access.check(one, command, args, 1) == null;
            }
            assertEquals(
                    any,
                    access.check(user, command, args, 1) == null,
                    () -> "seed " + seed + ": " + line + " for " + user.line());
        }
    }

    /** One whom nothing is allowed but what everybody may. */
    private User user() {
        access.users().set("nobody", List.of("reset"));
        return access.users().find("nobody");
    }
}
