// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.ArrayList;
import java.util.List;

/** Puts together what stands in parentheses but came as several words. Any thread. */
final class Rules {
    private Rules() {}

    /** A parenthesis that is never closed. */
    static final class Unmatched extends Exception {
        private static final long serialVersionUID = 1L;

        /** Position of the word that opens it. */
        final int index;

        private Unmatched(int index) {
            super(null, null, false, false);
            this.index = index;
        }
    }

    static List<String> merge(List<String> words) throws Unmatched {
        List<String> rules = new ArrayList<>(words.size());
        StringBuilder selector = null;
        int start = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (selector != null) {
                selector.append(' ').append(word);
            } else if (word.startsWith("(") && !word.endsWith(")")) {
                selector = new StringBuilder(word);
                start = i;
            } else {
                rules.add(word);
            }
            if (selector != null && word.endsWith(")")) {
                rules.add(selector.toString());
                selector = null;
            }
        }
        if (selector != null) {
            throw new Unmatched(start);
        }
        return rules;
    }
}
