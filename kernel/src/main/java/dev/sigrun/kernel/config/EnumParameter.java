// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.List;

/**
 * Any thread. A directive that is one of a few words, or several of them where they can be
 * combined.
 *
 * <p>A choice is kept as its index; combined words are kept as bits, where the first word, which
 * stands for none, is 0, the second is 1, the third 2, the fourth 4 and so on. A word written as
 * {@code relative=yes} is another spelling of {@code yes} and is shown as that.
 */
public final class EnumParameter extends Parameter {
    private static final int COMPLAINT_MAX = 255;

    private final String[] words;
    private final long[] codes;
    private final long initial;

    private EnumParameter(String names, String[] choices, String initial, Trait[] traits) {
        super(names, traits);
        this.words = new String[choices.length];
        this.codes = new long[choices.length];
        for (int i = 0; i < choices.length; i++) {
            int equals = choices[i].indexOf('=');
            words[i] = equals < 0 ? choices[i] : choices[i].substring(0, equals);
            codes[i] = is(Trait.COMBINED) ? 1L << i >> 1 : i;
            if (equals >= 0) {
                codes[i] = codes[indexOf(choices[i].substring(equals + 1), i)];
            }
        }
        this.initial = codes[indexOf(initial, choices.length)];
    }

    /** A choice between words, all of them given as one text, separated by spaces. */
    public static EnumParameter choice(
            String names, String choices, String initial, Trait... traits) {
        return new EnumParameter(
                names, Words.splitAtSpaces(choices).toArray(new String[0]), initial, traits);
    }

    public String initial() {
        return name(initial);
    }

    /** The code of a word: its index, or its bit where words can be combined. */
    public long code(String word) {
        return codes[indexOf(word, words.length)];
    }

    @Override
    public boolean takesSeveralWords() {
        return is(Trait.COMBINED);
    }

    @Override
    void reset(Values values) {
        values.numbers[slot()] = initial;
    }

    @Override
    boolean parse(Values values, List<String> given, boolean loading) {
        if (given.isEmpty() || (given.size() > 1 && !is(Trait.COMBINED))) {
            throw complaint();
        }
        long value = 0;
        for (String word : given) {
            value |= codeOf(word);
        }
        if (is(Trait.COMBINED)) {
            checkCombination(value);
        }
        boolean changed = values.numbers[slot()] != value;
        values.numbers[slot()] = value;
        return changed || is(Trait.VOLATILE);
    }

    @Override
    String print(Values values) {
        return name(values.numbers[slot()]);
    }

    @Override
    List<RewriteLine> lines(Values values) {
        boolean needed = values.numbers[slot()] != initial;
        return List.of(new RewriteLine(name() + " " + print(values), needed));
    }

    String name(long value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            if (codes[i] == value) {
                return words[i];
            }
            if (is(Trait.COMBINED) && (codes[i] & value) != 0) {
                out.append(out.isEmpty() ? "" : " ").append(words[i]);
            }
        }
        return out.isEmpty() ? "unknown" : out.toString();
    }

    private long codeOf(String word) {
        String lower = Words.lower(word);
        for (int i = 0; i < words.length; i++) {
            if (Words.lower(words[i]).equals(lower)) {
                return codes[i];
            }
        }
        throw complaint();
    }

    /** The two signals' options are the only combined words, and two of them exclude each other. */
    private void checkCombination(long value) {
        int save = find("save", words.length);
        int nosave = find("nosave", words.length);
        if (save >= 0 && nosave >= 0) {
            long both = codes[save] | codes[nosave];
            if ((value & both) == both) {
                throw new ConfigRejected(
                        "shutdown options SAVE and NOSAVE can't be used simultaneously");
            }
        }
    }

    private ConfigRejected complaint() {
        String text = "argument(s) must be one of the following: " + String.join(", ", words);
        return new ConfigRejected(text.substring(0, Math.min(text.length(), COMPLAINT_MAX)));
    }

    private int indexOf(String word, int count) {
        int index = find(word, count);
        if (index < 0) {
            throw new IllegalArgumentException(word + " is no choice of " + name());
        }
        return index;
    }

    private int find(String word, int count) {
        for (int i = 0; i < count; i++) {
            if (words[i].equals(word)) {
                return i;
            }
        }
        return -1;
    }
}
