// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.script.ScriptFlag;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a script of {@code EVAL} says on its first line.
 *
 * @param engine name of the engine
 * @param flags what the script may do; null when it does not say
 * @param length bytes to leave out in front of the code
 */
record ScriptHeader(String engine, Set<ScriptFlag> flags, int length) {
    private static final String FLAGS = "flags=";

    /** A script that says nothing is of the language that was there first. */
    private static final ScriptHeader NONE = new ScriptHeader("lua", null, 0);

    /**
     * Reads the first line.
     *
     * @throws CommandException when it is not understood
     */
    static ScriptHeader of(Bytes script) throws CommandException {
        if (!FirstLine.isIn(script)) {
            return NONE;
        }
        FirstLine line = FirstLine.of(script);
        if (line == null) {
            throw CommandException.of("Invalid script shebang");
        }
        List<String> words = line.words();
        if (words == null || words.isEmpty() || words.get(0).length() < 2) {
            throw CommandException.of("Invalid engine in script shebang");
        }
        Set<ScriptFlag> flags = EnumSet.noneOf(ScriptFlag.class);
        for (String word : words.subList(1, words.size())) {
            if (!word.startsWith(FLAGS)) {
                throw CommandException.of("Unknown lua shebang option: " + word);
            }
            addFlags(word.substring(FLAGS.length()), flags);
        }
        return new ScriptHeader(words.get(0).substring(2), flags, line.length());
    }

    private static void addFlags(String names, Set<ScriptFlag> flags) throws CommandException {
        if (names.isEmpty()) {
            return;
        }
        for (String name : names.split(",", -1)) {
            ScriptFlag flag = ScriptFlag.named(name);
            if (flag == null) {
                throw CommandException.of("Unexpected flag in script shebang: " + name);
            }
            flags.add(flag);
        }
    }
}
