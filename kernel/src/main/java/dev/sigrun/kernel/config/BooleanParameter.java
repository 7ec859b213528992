// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.List;

/** Any thread. A directive that is yes or no. */
public final class BooleanParameter extends Parameter {
    private final boolean initial;

    private BooleanParameter(String names, boolean initial, Trait[] traits) {
        super(names, traits);
        this.initial = initial;
    }

    public static BooleanParameter flag(String names, boolean initial, Trait... traits) {
        return new BooleanParameter(names, initial, traits);
    }

    public boolean initial() {
        return initial;
    }

    @Override
    void reset(Values values) {
        values.numbers[slot()] = initial ? 1 : 0;
    }

    @Override
    boolean parse(Values values, List<String> words, boolean loading) {
        long value =
                switch (Words.lower(words.get(0))) {
                    case "yes" -> 1;
                    case "no" -> 0;
                    default -> throw new ConfigRejected("argument must be 'yes' or 'no'");
                };
        boolean changed = values.numbers[slot()] != value;
        values.numbers[slot()] = value;
        return changed || is(Trait.VOLATILE);
    }

    @Override
    String print(Values values) {
        return values.numbers[slot()] != 0 ? "yes" : "no";
    }

    @Override
    List<RewriteLine> lines(Values values) {
        boolean needed = (values.numbers[slot()] != 0) != initial;
        return List.of(new RewriteLine(name() + " " + print(values), needed));
    }
}
