// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The words of a run, each once, and strings that are none of them. Any thread. */
final class Words {
    private static final long SEED = 20260101;
    private static final int LETTERS_MIN = 4;
    private static final int LETTERS_SPREAD = 12;

    private final Set<String> all;

    private Words(Set<String> all) {
        this.all = all;
    }

    /** The lines of a file. */
    static Words of(Path file) throws IOException {
        Set<String> words = new LinkedHashSet<>(Files.readAllLines(file));
        words.remove("");
        return new Words(words);
    }

    /** Words that are made up, always the same ones. */
    static Words generated(int count) {
        Random random = new Random(SEED);
        Set<String> words = new LinkedHashSet<>();
        while (words.size() < count) {
            words.add(word(random));
        }
        return new Words(words);
    }

    List<String> list() {
        return List.copyOf(all);
    }

    /** Strings that look like words and are none, always the same ones, each once. */
    List<String> absent(int count) {
        Random random = new Random(~SEED);
        Set<String> strings = new LinkedHashSet<>();
        while (strings.size() < count) {
            String candidate = word(random);
            if (!all.contains(candidate)) {
                strings.add(candidate);
            }
        }
        return new ArrayList<>(strings);
    }

    private static String word(Random random) {
        char[] letters = new char[LETTERS_MIN + random.nextInt(LETTERS_SPREAD)];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (char) ('a' + random.nextInt('z' - 'a' + 1));
        }
        return new String(letters);
    }
}
