// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Words;
import java.nio.file.Path;

/**
 * One of the files that a manifest names.
 *
 * @param name its name in the folder, one character for each byte
 * @param sequence its number among those of its kind; larger is later
 */
record AofFile(String name, long sequence, Kind kind) {
    /** What a file holds. */
    enum Kind {
        /** All data at some moment. */
        BASE('b'),
        /** What was of use once, and goes. */
        HISTORY('h'),
        /** What has changed since the base. */
        INCR('i');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        /** The kind with a letter; null for none. */
        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            return null;
        }
    }

    /** The same file, of no more use. */
    AofFile asHistory() {
        return new AofFile(name, sequence, Kind.HISTORY);
    }

    /** Where the file is. */
    Path in(Path folder) {
        return folder.resolve(ByteText.toPeople(name));
    }

    /** The name for the log. */
    String shown() {
        return ByteText.toPeople(name);
    }

    /** The line of the manifest that names the file. */
    String line() {
        String word = isPlain() ? name : Words.quote(name);
        return "file " + word + " seq " + sequence + " type " + kind.letter + "\n";
    }

    private boolean isPlain() {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 127 || c == '\\' || c == '"') {
                return false;
            }
        }
        return true;
    }
}
