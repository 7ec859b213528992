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
    private final int nativeNumber;
    private final NativeCodec<V> nativeCodec;

    private TypeSpec(Builder<V> builder) {
        this.name = builder.name;
        this.valueClass = builder.valueClass;
        this.snapshot = Objects.requireNonNull(builder.snapshot, "snapshot mode");
        this.codecs = List.copyOf(builder.codecs);
        this.nativeNumber = builder.nativeNumber;
        this.nativeCodec = builder.nativeCodec;
        if (codecs.isEmpty() && nativeCodec == null) {
            throw new IllegalStateException("type " + name + " has no codec");
        }
    }

    /**
     * Begins a description.
     *
     * @param name what {@code TYPE} answers
     * @param valueClass class of the values; {@link Cell} for a type whose values are embedded
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

    /** Whether values are embedded in their key's block, as {@link Cell}s. */
    public boolean isEmbedded() {
        return valueClass.equals(Cell.class);
    }

    /** The codecs; the first writes unless there is a native codec, all read. */
    public List<RdbCodec<V>> codecs() {
        return codecs;
    }

    /** The number by which Valkey's digests know the type; -1 for a type of a module. */
    public int nativeNumber() {
        return nativeNumber;
    }

    /** The codec that writes and reads layouts with numbers of their own, or null. */
    public NativeCodec<V> nativeCodec() {
        return nativeCodec;
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
        private int nativeNumber = -1;
        private NativeCodec<V> nativeCodec;

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

        /**
         * Says that the type is one of Valkey's own, with numbers of its own in files and digests.
         *
         * @param number Valkey's number of the type, for example 1 for a list
         * @param codec writes and reads the layouts
         */
        public Builder<V> nativeType(int number, NativeCodec<V> codec) {
            nativeNumber = number;
            nativeCodec = codec;
            return this;
        }

        /** Finishes the description. */
        public TypeSpec<V> build() {
            return new TypeSpec<>(this);
        }
    }
}
