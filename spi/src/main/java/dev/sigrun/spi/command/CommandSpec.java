// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.ForPlugin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Describes a command: it feeds dispatch, {@code COMMAND}, access rules and routing.
 *
 * <p>What people read about the command (summary, arguments, history) is not here but in a JSON
 * resource, which is parsed only when somebody asks; see {@link Builder#docs}.
 */
public final class CommandSpec {
    private final String name;
    private final int arity;
    private final Set<CommandFlag> flags;
    private final Set<String> categories;
    private final List<KeySpec> keys;
    private final List<String> tips;
    private final String docs;
    private final KeyFinder finder;

    private CommandSpec(Builder builder) {
        this.name = builder.name;
        this.arity = builder.arity;
        this.flags = Collections.unmodifiableSet(builder.flags);
        this.categories = Collections.unmodifiableSet(builder.categories);
        this.keys = List.copyOf(builder.keys);
        this.tips = List.copyOf(builder.tips);
        this.docs = builder.docs;
        this.finder = builder.finder;
    }

    /**
     * Begins a description.
     *
     * @param name the command's name; matched without regard to case
     * @param arity number of arguments with the name; negative for a minimum
     */
    public static Builder command(String name, int arity) {
        return new Builder(name, arity);
    }

    /** The name in lower case. */
    public String name() {
        return name;
    }

    /** Number of arguments with the name; negative for a minimum. */
    public int arity() {
        return arity;
    }

    /** The command's properties. */
    public Set<CommandFlag> flags() {
        return flags;
    }

    /** Names of the ACL categories that were declared, without the at sign. */
    public Set<String> categories() {
        return categories;
    }

    /** Where the keys are. */
    public List<KeySpec> keys() {
        return keys;
    }

    /** Hints for clients and proxies, for example {@code request_policy:all_shards}. */
    public List<String> tips() {
        return tips;
    }

    /** The JSON resource with the documentation, or null. */
    public String docs() {
        return docs;
    }

    /** Finds keys that the specifications cannot describe, or null. */
    public KeyFinder finder() {
        return finder;
    }

    /**
     * Finds the keys of one command, and says what the command does with them. Any thread; must
     * keep no state.
     */
    @ForPlugin
    @FunctionalInterface
    public interface KeyFinder {
        /**
         * Positions of the keys, or null when the arguments make no sense.
         *
         * @param args the whole command, its name at 0
         */
        int[] positions(Args args);

        /**
         * What the command does with a key.
         *
         * @param args the whole command, its name at 0
         * @param position one of {@link #positions}
         * @return a constant; empty for what the specification says that the key fits
         */
        default Set<KeySpec.Use> uses(Args args, int position) {
            return Set.of();
        }
    }

    /** Collects a description. */
    public static final class Builder {
        private final String name;
        private final int arity;
        private final EnumSet<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
        private final Set<String> categories = new LinkedHashSet<>();
        private final List<KeySpec> keys = new ArrayList<>();
        private final List<String> tips = new ArrayList<>();
        private String docs;
        private KeyFinder finder;

        private Builder(String name, int arity) {
            this.name = name.toLowerCase(Locale.ROOT);
            this.arity = arity;
        }

        /** Adds properties. */
        public Builder flags(CommandFlag... more) {
            flags.addAll(List.of(more));
            return this;
        }

        /**
         * Adds ACL categories. Those that follow from the flags (read, write, admin, fast, slow,
         * blocking, dangerous for admin) are added by the kernel.
         */
        public Builder categories(String... more) {
            categories.addAll(List.of(more));
            return this;
        }

        /** Adds a key specification. */
        public Builder key(KeySpec spec) {
            keys.add(spec);
            return this;
        }

        /** Adds hints for clients. */
        public Builder tips(String... more) {
            tips.addAll(List.of(more));
            return this;
        }

        /**
         * Names the JSON resource, on the plugin's class path, that documents the command. The
         * resource is one object, with the command's name in lower case as field.
         */
        public Builder docs(String resource) {
            docs = resource;
            return this;
        }

        /**
         * Finds keys where the specifications cannot, or says what is done with them where a
         * specification has {@link KeySpec.Use#VARIABLE_FLAGS}.
         */
        public Builder finder(KeyFinder keyFinder) {
            finder = keyFinder;
            return this;
        }

        /** Finishes the description. */
        public CommandSpec build() {
            return new CommandSpec(this);
        }
    }
}
