// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.file;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Words;
import java.util.List;

/**
 * The command line of valkey-server, understood: a file, {@code -} for standard input, and options.
 *
 * <p>Options are turned into lines of a configuration file, which are read after the file's own.
 * That is how Valkey does it, and it shows: an option may hold name and value in one word, take
 * several values, and its mistakes are reported with a line number.
 *
 * @param mode what the process is asked to do
 * @param configFile the file as given, or null
 * @param fromInput whether configuration is to be read from standard input too
 * @param options the options as lines, one char per byte
 * @param words the command line without the program's name
 */
public record CommandLine(
        Mode mode, String configFile, boolean fromInput, String options, List<String> words) {

    /** What the process is asked to do. */
    public enum Mode {
        SERVE,
        SENTINEL,
        VERSION,
        HELP,
        TEST_MEMORY,
        CHECK_SYSTEM
    }

    public static CommandLine parse(List<String> words) {
        Mode mode = modeOf(words);
        if (mode != Mode.SERVE && mode != Mode.SENTINEL) {
            return new CommandLine(mode, null, false, "", List.copyOf(words));
        }
        boolean named = !words.isEmpty() && !words.get(0).startsWith("-");
        boolean fromInput = false;
        StringBuilder options = new StringBuilder();
        boolean complete = true;
        for (int i = named ? 1 : 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean last = i == words.size() - 1;
            if (word.equals("-") && (i == 0 || last)) {
                fromInput = true;
            } else if (complete && word.startsWith("--")) {
                String next = last ? null : words.get(i + 1);
                complete = appendName(options, word, next);
            } else {
                options.append(Words.quote(ByteText.fromPeople(word))).append(' ');
                complete = true;
            }
        }
        String file = named ? words.get(0) : null;
        return new CommandLine(mode, file, fromInput, options.toString(), List.copyOf(words));
    }

    /**
     * Begins a line with an option's name.
     *
     * @return whether the option has a value now, so that the next {@code --} begins another
     */
    private static boolean appendName(StringBuilder options, String word, String next) {
        if (!options.isEmpty()) {
            options.append('\n');
        }
        options.append(ByteText.fromPeople(word.substring(2))).append(' ');
        List<String> parts = Words.split(ByteText.fromPeople(word));
        if (parts == null || parts.size() != 1) {
            return true;
        }
        // Scripts build command lines from arrays, and an empty array leaves a bare --save.
        String name = Words.lower(word);
        boolean nextIsOption = next != null && next.startsWith("--");
        if (name.equals("--save") && (next == null || nextIsOption)) {
            options.append("\"\"");
        }
        return nextIsOption && (name.equals("--save") || name.equals("--sentinel"));
    }

    private static Mode modeOf(List<String> words) {
        String first = words.isEmpty() ? "" : words.get(0);
        return switch (first) {
            case "-v", "--version" -> Mode.VERSION;
            case "-h", "--help" -> Mode.HELP;
            case "--test-memory" -> Mode.TEST_MEMORY;
            case "--check-system" -> Mode.CHECK_SYSTEM;
            default -> words.contains("--sentinel") ? Mode.SENTINEL : Mode.SERVE;
        };
    }
}
