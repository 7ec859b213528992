// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a command waits for: that one of several keys holds a value of a type. It is given to {@link
 * CommandContext#block}.
 *
 * <p>Those who wait for a key are served in the order in which they came. When a key has changed
 * and holds the type, the whole command runs again with the same arguments, in the database that
 * was selected, and either replies or waits on. Who waits on does so as before, in its place and
 * with its first deadline; what the command then says of its wait is passed over. So nothing is
 * kept of a waiting command but its arguments.
 */
public final class Wait {
    private final DataType<?> type;
    private final int[] keys;
    private final long deadlineMillis;
    private final boolean goneToo;
    private final List<Replacement> replacements;
    private final Consumer<ReplyWriter> inVain;

    private Wait(Builder builder) {
        this.type = builder.type;
        this.keys = builder.keys.clone();
        this.deadlineMillis = builder.deadlineMillis;
        this.goneToo = builder.goneToo;
        this.replacements = List.copyOf(builder.replacements);
        this.inVain = builder.inVain;
    }

    /**
     * Another content for an argument when the command runs again.
     *
     * @param index position of the argument
     * @param content what stands there from now on
     */
    @SuppressWarnings("ArrayRecordComponent") // It is handed over once and never compared.
    public record Replacement(int index, byte[] content) {}

    /**
     * Begins a description.
     *
     * @param type what a key must hold
     * @param keys positions of the keys among the arguments; a key may be named twice
     */
    public static Builder keys(DataType<?> type, int... keys) {
        return new Builder(type, keys);
    }

    /** What a key must hold. */
    public DataType<?> type() {
        return type;
    }

    /** Positions of the keys among the arguments. */
    public int[] keys() {
        return keys.clone();
    }

    /** When the wait ends in vain, in milliseconds since the Unix epoch; 0 for never. */
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /** Whether the command also runs again when a key is gone or holds another type. */
    public boolean goneToo() {
        return goneToo;
    }

    /** Arguments that have another content when the command runs again. */
    public List<Replacement> replacements() {
        return replacements;
    }

    /** Writes what is answered when the wait was in vain. */
    public Consumer<ReplyWriter> inVain() {
        return inVain;
    }

    /** Collects a description. */
    public static final class Builder {
        private final DataType<?> type;
        private final int[] keys;
        private final List<Replacement> replacements = new ArrayList<>();
        private long deadlineMillis;
        private boolean goneToo;
        private Consumer<ReplyWriter> inVain = ReplyWriter::nilArray;

        private Builder(DataType<?> type, int[] keys) {
            this.type = Objects.requireNonNull(type, "a type to wait for");
            this.keys = keys;
        }

        /** Ends the wait in vain at a time, in milliseconds since the Unix epoch; 0 for never. */
        public Builder until(long unixMillis) {
            deadlineMillis = unixMillis;
            return this;
        }

        /**
         * Runs the command again also when a key is gone or holds another type, for commands that
         * answer with an error then.
         */
        public Builder goneToo() {
            goneToo = true;
            return this;
        }

        /**
         * Gives an argument another content when the command runs again, for example the identifier
         * for which a word like "the newest" stood when the wait began.
         */
        public Builder replace(int index, byte[] content) {
            replacements.add(new Replacement(index, content));
            return this;
        }

        /**
         * Says what is answered when the wait was in vain; a null array unless said. Called on the
         * owner after the handler has returned, so it must not use anything that was lent.
         */
        public Builder inVain(Consumer<ReplyWriter> answer) {
            inVain = Objects.requireNonNull(answer, "an answer");
            return this;
        }

        /** Finishes the description. */
        public Wait build() {
            return new Wait(this);
        }
    }
}
