// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Words;
import java.util.List;

/**
 * The directive notify-keyspace-events: a set of event classes, one letter each, kept as bits.
 *
 * <p>The letter A stands for all classes but m (misses) and n (new keys). Once A is complete, n is
 * set but no longer shown, as in Valkey.
 */
public final class EventClasses implements Form<Integer> {
    public static final int KEYSPACE = 1;
    public static final int KEYEVENT = 1 << 1;
    public static final int GENERIC = 1 << 2;
    public static final int STRING = 1 << 3;
    public static final int LIST = 1 << 4;
    public static final int SET = 1 << 5;
    public static final int HASH = 1 << 6;
    public static final int ZSET = 1 << 7;
    public static final int EXPIRED = 1 << 8;
    public static final int EVICTED = 1 << 9;
    public static final int STREAM = 1 << 10;
    public static final int KEY_MISS = 1 << 11;
    public static final int MODULE = 1 << 13;
    public static final int NEW = 1 << 14;
    public static final int ALL = 0x3fc | STREAM | MODULE;

    private static final String LETTERS = "g$lshzxetdnKEm";
    private static final int[] BITS = {
        GENERIC, STRING, LIST, SET, HASH, ZSET, EXPIRED, EVICTED, STREAM, MODULE, NEW, KEYSPACE,
        KEYEVENT, KEY_MISS
    };

    @Override
    public Integer initial() {
        return 0;
    }

    @Override
    public Integer parse(List<String> words, Integer old, boolean loading) {
        if (words.size() != 1) {
            throw new ConfigRejected("wrong number of arguments");
        }
        int bits = 0;
        for (int i = 0; i < words.get(0).length(); i++) {
            bits |= bitsOf(words.get(0).charAt(i));
        }
        return bits;
    }

    @Override
    public String print(Integer bits) {
        boolean all = (bits & ALL) == ALL;
        StringBuilder out = new StringBuilder(all ? "A" : "");
        for (int i = 0; i < BITS.length; i++) {
            boolean covered = all && (BITS[i] & (ALL | NEW)) != 0;
            if (!covered && (bits & BITS[i]) != 0) {
                out.append(LETTERS.charAt(i));
            }
        }
        return out.toString();
    }

    @Override
    public List<RewriteLine> lines(String name, Integer bits) {
        return List.of(new RewriteLine(name + " " + Words.quote(print(bits)), bits != 0));
    }

    @Override
    public boolean takesSeveralWords() {
        return false;
    }

    private static int bitsOf(char letter) {
        if (letter == 'A') {
            return ALL;
        }
        int index = LETTERS.indexOf(letter);
        if (index < 0) {
            throw new ConfigRejected("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
        }
        return BITS[index];
    }
}
