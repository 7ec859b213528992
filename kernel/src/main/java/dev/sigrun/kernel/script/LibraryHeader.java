// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.script;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import java.util.List;

/**
 * What a library says on its first line.
 *
 * @param engine name of the engine
 * @param name name of the library
 * @param length bytes to leave out in front of the code
 */
record LibraryHeader(String engine, String name, int length) {
    private static final String NAME = "name=";

    /**
     * Reads the first line.
     *
     * @throws CommandException when it is not understood
     */
    static LibraryHeader of(Bytes code) throws CommandException {
        if (!FirstLine.isIn(code)) {
            throw CommandException.of("Missing library metadata");
        }
        FirstLine line = FirstLine.of(code);
        List<String> words = line == null ? null : line.words();
        if (words == null || words.isEmpty()) {
            throw CommandException.of("Invalid library metadata");
        }
        String name = null;
        for (String word : words.subList(1, words.size())) {
            if (!word.regionMatches(true, 0, NAME, 0, NAME.length())) {
                throw CommandException.of("Invalid metadata value given: " + word);
            }
            if (name != null) {
                throw CommandException.of(
                        "Invalid metadata value, name argument was given multiple times");
            }
            name = word.substring(NAME.length());
        }
        if (name == null) {
            throw CommandException.of("Library name was not given");
        }
        if (!isName(name)) {
            throw CommandException.of(
                    "Library names can only contain letters, numbers, or underscores(_) and must"
                            + " be at least one character long");
        }
        String first = words.get(0);
        return new LibraryHeader(first.length() < 2 ? "" : first.substring(2), name, line.length());
    }

    /** Whether a library or a function may have this name. */
    static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
