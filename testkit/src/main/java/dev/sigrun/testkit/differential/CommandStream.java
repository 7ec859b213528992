// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** An endless stream of random commands; the same seed gives the same one. One thread. */
final class CommandStream {
    private static final int REPEATS_MAX = 4;

    /** A count so large that everything is chosen, which leaves nothing to chance. */
    private static final Set<String> CHOOSING =
            Set.of("spop", "srandmember", "hrandfield", "zrandmember");

    private static final Set<String> SCANNING = Set.of("sscan", "hscan", "zscan");

    /** Words that ask for what depends on the clock or on an inner order. */
    private static final Set<String> WORDS_LEFT_OUT =
            Set.of("BYLEX", "*", "ANY", "IDLE", "TIME", "ASYNC", "SYNC", "NOVALUES", "NOSCORES");

    private final Random random;
    private final Values values;
    private final List<CommandModel> commands;
    private List<String> words;
    private CommandModel command;
    private int keys;

    CommandStream(List<CommandModel> commands, long seed) {
        this.commands = commands;
        this.random = new Random(seed);
        this.values = new Values(random);
    }

    /** Name of the command that came last. */
    String lastName() {
        return command.name();
    }

    /** The next command with its arguments. */
    List<String> next() {
        command = commands.get(random.nextInt(commands.size()));
        words = new ArrayList<>(command.words());
        keys = 0;
        String name = command.name();
        if (CHOOSING.contains(name)) {
            words.add(values.key(command.keyGroup()));
            words.add("1000000");
            return words;
        }
        if (SCANNING.contains(name)) {
            words.addAll(List.of(values.key(command.keyGroup()), "0", "COUNT", "1000000"));
            return words;
        }
        if (command.isLexical() && values.chance(40)) {
            // Lexical ranges mean something only where all scores are the same.
            String set = values.key(command.keyGroup());
            return List.of("ZADD", set, "0", values.content(), "0", values.content());
        }
        for (Argument argument : command.arguments()) {
            write(argument);
        }
        if (name.startsWith("sort") && words.contains("BY")) {
            // Among texts that are the same, or missing, there is no order to rely on.
            words.removeIf("ALPHA"::equals);
        }
        // A time to wait must stay in its place, or the wait gets as long as something else says.
        if (!words.contains(Values.SHORT_WAIT) && values.chance(2)) {
            damage();
        }
        return words;
    }

    /** Takes an argument away or adds one, so that errors are compared too. */
    private void damage() {
        if (words.size() > 2 && values.chance(50)) {
            words.remove(words.size() - 1);
        } else {
            words.add(values.content());
        }
    }

    private void write(Argument argument) {
        if (argument.isOptional() && (values.chance(60) || isLeftOut(argument))) {
            return;
        }
        int times = argument.isMultiple() ? times(argument) : 1;
        for (int i = 0; i < times; i++) {
            if (argument.token() != null
                    && !argument.type().equals("pure-token")
                    && (i == 0 || argument.flags().contains("multiple_token"))) {
                words.add(argument.token());
            }
            if ("BLOCK".equals(argument.token())) {
                // Long enough to wait, short enough to go on.
                words.add("1");
            } else {
                content(argument);
            }
        }
    }

    private static boolean isLeftOut(Argument argument) {
        return argument.token() != null && WORDS_LEFT_OUT.contains(argument.token());
    }

    private int times(Argument argument) {
        boolean counted =
                keys > 0 && (argument.type().equals("key") || argument.name().equals("weight"));
        return counted ? keys : 1 + random.nextInt(REPEATS_MAX);
    }

    private void content(Argument argument) {
        String name = argument.name();
        switch (argument.type()) {
            case "key" -> words.add(values.key(command.keyGroup()));
            case "integer", "unix-time" -> integer(name);
            case "double" -> words.add(values.dbl(name));
            case "pure-token" -> words.add(argument.token());
            case "oneof" -> oneOf(argument);
            case "block" -> block(argument);
            default -> words.add(values.text(command.name(), name));
        }
    }

    private void integer(String name) {
        if (name.equals("numkeys") || name.equals("numfields") || name.equals("numids")) {
            keys = 1 + random.nextInt(3);
            words.add(Integer.toString(values.chance(97) ? keys : keys + 1));
        } else {
            words.add(values.integer(name));
        }
    }

    private void oneOf(Argument argument) {
        List<Argument> choices =
                argument.parts().stream().filter(part -> !isLeftOut(part)).toList();
        write(choices.get(random.nextInt(choices.size())));
    }

    private void block(Argument argument) {
        // In a block the keys of XREAD and their identifiers go in pairs.
        boolean streams = "STREAMS".equals(argument.token());
        if (streams) {
            int count = 1 + random.nextInt(2);
            for (int i = 0; i < count; i++) {
                words.add(values.key("stream"));
            }
            for (int i = 0; i < count; i++) {
                words.add(values.text(command.name(), "id"));
            }
            return;
        }
        for (Argument part : argument.parts()) {
            write(part);
        }
    }
}
