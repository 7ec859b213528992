// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.value.Form;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.List;

/** Any thread. A directive whose value has a form of its own. Setting it is always a change. */
public final class ValueParameter<T> extends Parameter {
    private final Form<T> form;

    private ValueParameter(String names, Form<T> form, Trait[] traits) {
        super(names, traits);
        this.form = form;
    }

    public static <T> ValueParameter<T> value(String names, Form<T> form, Trait... traits) {
        return new ValueParameter<>(names, form, traits);
    }

    public T initial() {
        return form.initial();
    }

    @Override
    public boolean takesSeveralWords() {
        return form.takesSeveralWords();
    }

    @Override
    void reset(Values values) {
        values.objects[slot()] = form.initial();
    }

    @Override
    boolean parse(Values values, List<String> words, boolean loading) {
        values.objects[slot()] = form.parse(words, in(values), loading);
        return true;
    }

    @Override
    String print(Values values) {
        return form.print(in(values));
    }

    @Override
    List<RewriteLine> lines(Values values) {
        return form.lines(name(), in(values));
    }

    /** What the slot holds was put there by this parameter's own form. */
    @SuppressWarnings("unchecked")
    T in(Values values) {
        return (T) values.objects[slot()];
    }
}
