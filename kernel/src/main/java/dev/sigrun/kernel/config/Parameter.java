// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.RewriteLine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A directive: its names, its traits, and how its value is read and shown. The value itself is in a
 * {@link Config}, in the slot the parameter is bound to.
 *
 * <p>Any thread, once bound. The built-in parameters are shared by all configurations and bound
 * when the table is first used. A plugin's parameter belongs to one configuration at a time, from
 * {@link Config#register} to {@link Config#unregister}.
 */
public abstract sealed class Parameter
        permits BooleanParameter, LongParameter, EnumParameter, TextParameter, ValueParameter {
    private static final int UNBOUND = -1;

    /** How far the server goes with a directive; docs/configuration.md says the same to users. */
    public enum Support {
        /** The server acts on it. */
        HONOURED,
        /** Accepted, shown and rewritten, without effect so far. */
        ACCEPTED,
        /** Accepted, shown and rewritten; it speaks of something this server does not have. */
        MEANINGLESS
    }

    private final String name;
    private final String alias;
    private final Set<Trait> traits;
    private int slot = UNBOUND;

    /**
     * A parameter that is not bound yet.
     *
     * @param names the name and, after a space, the older name that is understood as well
     */
    Parameter(String names, Trait[] traits) {
        int space = names.indexOf(' ');
        this.name = space < 0 ? names : names.substring(0, space);
        this.alias = space < 0 ? null : names.substring(space + 1);
        this.traits = EnumSet.noneOf(Trait.class);
        for (Trait trait : traits) {
            this.traits.add(trait);
        }
    }

    public final String name() {
        return name;
    }

    /** The older name, or null. */
    public final String alias() {
        return alias;
    }

    public final boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public final Support support() {
        if (is(Trait.HONOURED)) {
            return Support.HONOURED;
        }
        return is(Trait.MEANINGLESS) ? Support.MEANINGLESS : Support.ACCEPTED;
    }

    /** Whether the value may be several words, each with a meaning of its own. */
    public boolean takesSeveralWords() {
        return false;
    }

    /** Puts the default into the slot. */
    abstract void reset(Values values);

    /**
     * Reads the words into the slot.
     *
     * @return whether that is a change
     * @throws ConfigRejected with Valkey's text, and the slot untouched
     */
    abstract boolean parse(Values values, List<String> words, boolean loading);

    abstract String print(Values values);

    abstract List<RewriteLine> lines(Values values);

    final int slot() {
        return slot;
    }

    final boolean isBound() {
        return slot != UNBOUND;
    }

    final void bind(int slot) {
        if (isBound()) {
            throw new IllegalStateException(name + " is in use by another configuration");
        }
        this.slot = slot;
    }

    final void unbind() {
        slot = UNBOUND;
    }

    @Override
    public final String toString() {
        return name;
    }
}
