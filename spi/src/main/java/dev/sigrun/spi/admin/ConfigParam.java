// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.admin;

import java.util.List;
import java.util.function.Function;

/**
 * A configuration parameter of a plugin. The kernel owns its value: it parses, checks, shows and
 * rewrites it; the plugin reads {@link #value()}.
 *
 * @param <T> class of the value: Long, Boolean or String
 */
public final class ConfigParam<T> {
    /** Properties of a parameter. More may be added. */
    public enum Flag {
        /** Cannot change after the start. */
        IMMUTABLE,
        /** Not shown by patterns. */
        HIDDEN,
        /** Its value is kept out of logs. */
        SENSITIVE
    }

    private final String name;
    private final Class<T> kind;
    private final T defaultValue;
    private final long min;
    private final long max;
    private final boolean memory;
    private final List<Flag> flags;
    private final Function<T, String> check;
    private T value;

    private ConfigParam(
            String name,
            Class<T> kind,
            T defaultValue,
            long min,
            long max,
            boolean memory,
            List<Flag> flags,
            Function<T, String> check) {
        this.name = name;
        this.kind = kind;
        this.defaultValue = defaultValue;
        this.min = min;
        this.max = max;
        this.memory = memory;
        this.flags = flags;
        this.check = check;
        this.value = defaultValue;
    }

    /**
     * An integer.
     *
     * @param name full name as operators write it, for example {@code bf.bloom-capacity}
     * @param min smallest value
     * @param max largest value
     */
    public static ConfigParam<Long> integer(
            String name, long defaultValue, long min, long max, Flag... flags) {
        return new ConfigParam<>(
                name, Long.class, defaultValue, min, max, false, List.of(flags), v -> null);
    }

    /**
     * An amount of memory in bytes, which operators may write with a unit.
     *
     * @param name full name as operators write it
     * @param min smallest value
     * @param max largest value
     */
    public static ConfigParam<Long> memory(
            String name, long defaultValue, long min, long max, Flag... flags) {
        return new ConfigParam<>(
                name, Long.class, defaultValue, min, max, true, List.of(flags), v -> null);
    }

    /**
     * Yes or no.
     *
     * @param name full name as operators write it
     */
    public static ConfigParam<Boolean> bool(String name, boolean defaultValue, Flag... flags) {
        return new ConfigParam<>(
                name, Boolean.class, defaultValue, 0, 0, false, List.of(flags), v -> null);
    }

    /**
     * Text with a check.
     *
     * @param name full name as operators write it
     * @param check gives a sentence that says what is wrong with a value, or null
     */
    public static ConfigParam<String> text(
            String name, String defaultValue, Function<String, String> check, Flag... flags) {
        return new ConfigParam<>(
                name, String.class, defaultValue, 0, 0, false, List.of(flags), check);
    }

    /**
     * An integer of the server's own configuration, which the plugin reads along: the server
     * declares it, checks it and keeps {@link #value()} current.
     *
     * @param name the server's name for it, for example {@code hash-max-listpack-entries}
     * @param defaultValue the value until the plugin is registered
     */
    public static ConfigParam<Long> ofServer(String name, long defaultValue) {
        return new ConfigParam<>(
                name,
                Long.class,
                defaultValue,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                false,
                null,
                v -> null);
    }

    /**
     * A switch of the server's own configuration, which the plugin reads along.
     *
     * @param name the server's name for it
     * @param defaultValue the value until the plugin is registered
     */
    public static ConfigParam<Boolean> flagOfServer(String name, boolean defaultValue) {
        return new ConfigParam<>(name, Boolean.class, defaultValue, 0, 0, false, null, v -> null);
    }

    /** Whether the parameter is the server's own, which the plugin only reads. */
    public boolean isOfServer() {
        return flags == null;
    }

    /** The full name as operators write it. */
    public String name() {
        return name;
    }

    /** Class of the value. */
    public Class<T> kind() {
        return kind;
    }

    /** The value without any configuration. */
    public T defaultValue() {
        return defaultValue;
    }

    /** The smallest integer. */
    public long min() {
        return min;
    }

    /** The largest integer. */
    public long max() {
        return max;
    }

    /** Whether an integer is an amount of memory. */
    public boolean isMemory() {
        return memory;
    }

    /** The parameter's properties. */
    public List<Flag> flags() {
        return flags == null ? List.of() : flags;
    }

    /** What is wrong with a value, or null. */
    public String check(T candidate) {
        return check.apply(candidate);
    }

    /** The value in force. */
    public T value() {
        return value;
    }

    /** For the kernel: puts a checked value in force. */
    public void put(T checked) {
        value = checked;
    }
}
