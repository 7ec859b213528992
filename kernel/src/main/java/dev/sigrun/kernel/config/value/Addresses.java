// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import java.util.List;

/**
 * The directives bind and rdma-bind: a list of addresses, where a leading minus makes one optional.
 */
public final class Addresses implements Form<List<String>> {
    private static final int COUNT_MAX = 16;

    private final List<String> initial;
    private final boolean writesEmpty;

    /**
     * A form with its default.
     *
     * @param writesEmpty whether an empty list must be in the file, because it is not the default
     */
    public Addresses(List<String> initial, boolean writesEmpty) {
        this.initial = initial;
        this.writesEmpty = writesEmpty;
    }

    @Override
    public List<String> initial() {
        return initial;
    }

    @Override
    public List<String> parse(List<String> words, List<String> old, boolean loading) {
        if (words.size() > COUNT_MAX) {
            throw new ConfigRejected("Too many bind addresses specified.");
        }
        return words.size() == 1 && words.get(0).isEmpty() ? List.of() : List.copyOf(words);
    }

    @Override
    public String print(List<String> addresses) {
        return String.join(" ", addresses);
    }

    @Override
    public List<RewriteLine> lines(String name, List<String> addresses) {
        if (addresses.equals(initial) || (addresses.isEmpty() && !writesEmpty)) {
            return List.of();
        }
        String value = addresses.isEmpty() ? "\"\"" : print(addresses);
        return List.of(new RewriteLine(name + " " + value, true));
    }
}
