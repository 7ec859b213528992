// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Describes a data type. Nothing here has a default, so that nothing is forgotten.
 *
 * @param <V> the heap object that stands for a value
 */
public final class TypeSpec<V> {
    private final String name;
    private final Class<V> valueClass;
    private final SnapshotMode snapshot;
    private final List<RdbCodec<V>> codecs;

    private TypeSpec(Builder<V> builder) {
        this.name = builder.name;
        this.valueClass = builder.valueClass;
        this.snapshot = Objects.requireNonNull(builder.snapshot, "snapshot mode");
        this.codecs = List.copyOf(builder.codecs);
        if (codecs.isEmpty()) {
            throw new IllegalStateException("type " + name + " has no codec");
        }
    }

    /**
     * Begins a description.
     *
     * @param name what {@code TYPE} answers
     * @param valueClass class of the values
     */
    public static <V> Builder<V> type(String name, Class<V> valueClass) {
        return new Builder<>(name, valueClass);
    }

    /** What {@code TYPE} answers. */
    public String name() {
        return name;
    }

    /** Class of the values. */
    public Class<V> valueClass() {
        return valueClass;
    }

    /** How values are saved while writes go on. */
    public SnapshotMode snapshot() {
        return snapshot;
    }

    /** The codecs; the first writes, all read. */
    public List<RdbCodec<V>> codecs() {
        return codecs;
    }

    /**
     * Collects a description.
     *
     * @param <V> class of the values
     */
    public static final class Builder<V> {
        private final String name;
        private final Class<V> valueClass;
        private final List<RdbCodec<V>> codecs = new ArrayList<>();
        private SnapshotMode snapshot;

        private Builder(String name, Class<V> valueClass) {
            this.name = name;
            this.valueClass = valueClass;
        }

        /** Says how values are saved while writes go on. */
        public Builder<V> snapshot(SnapshotMode mode) {
            snapshot = mode;
            return this;
        }

        /** Adds a codec; the first one added is the one that writes. */
        public Builder<V> codec(RdbCodec<V> codec) {
            codecs.add(codec);
            return this;
        }

        /** Finishes the description. */
        public TypeSpec<V> build() {
            return new TypeSpec<>(this);
        }
    }
}
