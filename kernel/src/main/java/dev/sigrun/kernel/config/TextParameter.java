// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.List;

/**
 * Any thread. A directive that is a piece of text, kept with one char per byte.
 *
 * <p>Where the default is null, an empty text means null again: the directive is absent.
 */
public final class TextParameter extends Parameter {
    private final String initial;
    private final boolean binary;
    private final TextRule rule;

    private TextParameter(
            String names, String initial, boolean binary, TextRule rule, Trait[] traits) {
        super(names, traits);
        this.initial = initial;
        this.binary = binary;
        this.rule = rule;
    }

    /** A text that ends at its first zero byte, if it has one. */
    public static TextParameter text(String names, String initial, Trait... traits) {
        return new TextParameter(names, initial, false, TextRule.ANY, traits);
    }

    /** A text of arbitrary bytes. */
    public static TextParameter binary(String names, String initial, Trait... traits) {
        return new TextParameter(names, initial, true, TextRule.ANY, traits);
    }

    static TextParameter ruled(String names, String initial, TextRule rule, Trait... traits) {
        boolean binary = rule == TextRule.HASH_SEED;
        return new TextParameter(names, initial, binary, rule, traits);
    }

    /** The default, or null. */
    public String initial() {
        return initial;
    }

    @Override
    void reset(Values values) {
        values.objects[slot()] = initial;
    }

    @Override
    boolean parse(Values values, List<String> words, boolean loading) {
        String text = words.get(0);
        int zero = binary ? -1 : text.indexOf('\0');
        if (zero >= 0) {
            text = text.substring(0, zero);
        }
        String complaint = rule.check(text);
        if (complaint != null) {
            throw new ConfigRejected(complaint);
        }
        String value = text.isEmpty() && initial == null ? null : text;
        Object old = values.objects[slot()];
        boolean changed = value == null ? old != null : !value.equals(old);
        values.objects[slot()] = value;
        return changed || is(Trait.VOLATILE);
    }

    @Override
    String print(Values values) {
        Object value = values.objects[slot()];
        return value == null ? "" : (String) value;
    }

    @Override
    List<RewriteLine> lines(Values values) {
        String value = (String) values.objects[slot()];
        if (value == null) {
            return List.of();
        }
        return List.of(new RewriteLine(name() + " " + Words.quote(value), !value.equals(initial)));
    }
}
