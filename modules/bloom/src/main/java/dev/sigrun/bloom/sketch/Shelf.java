// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.bloom.filter.Errors;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.ValueContext;

/**
 * Owner thread only. Finds the sketches of keys and puts new ones there, for the commands of one
 * kind.
 *
 * @param <S> the kind
 */
public final class Shelf<S extends Sketch<S>> {
    private final Census census = new Census();
    private final String name;
    private final SketchSettings settings;
    private final CommandException absent;
    private final CommandException present;
    private final CommandException tooLarge;
    private SketchType<S> type;
    private OffHeap memory;

    /**
     * A shelf without a type.
     *
     * @param name the kind's name in metrics
     * @param absent thrown when there is no key and must be one
     * @param present thrown when there is a key and must be none
     * @param tooLarge thrown when a sketch would take more than is allowed
     */
    public Shelf(
            String name,
            SketchSettings settings,
            CommandException absent,
            CommandException present,
            CommandException tooLarge) {
        this.name = name;
        this.settings = settings;
        this.absent = absent;
        this.present = present;
        this.tooLarge = tooLarge;
    }

    /** Says which type the sketches are of. */
    public void type(SketchType<S> ofSketches) {
        type = ofSketches;
    }

    /** The type of the sketches. */
    public SketchType<S> type() {
        return type;
    }

    /** The kind's name in metrics. */
    public String name() {
        return name;
    }

    /** Where sketches count. */
    public Census census() {
        return census;
    }

    /** Says where blocks come from, at the start. */
    public void open(OffHeap pluginMemory) {
        memory = pluginMemory;
    }

    /** Where blocks come from. */
    public OffHeap memory() {
        return memory;
    }

    /** The configuration. */
    public SketchSettings settings() {
        return settings;
    }

    /**
     * The sketch of a key, or null.
     *
     * @throws CommandException when the key holds something else
     */
    public S find(Key key) throws CommandException {
        return key.value(type);
    }

    /**
     * The sketch of a key that must be there.
     *
     * @throws CommandException when it is not
     */
    public S get(Key key) throws CommandException {
        S sketch = find(key);
        if (sketch == null) {
            throw absent;
        }
        return sketch;
    }

    /** Insists that there is no key, of whatever type. */
    public void mustBeAbsent(Key key) throws CommandException {
        if (key.isPresent()) {
            throw present;
        }
    }

    /** Puts a new sketch into a key, and gives everything back when that fails. */
    public void put(Key key, S sketch) {
        boolean isKept = false;
        try {
            key.setValue(type, sketch);
            isKept = true;
        } finally {
            if (!isKept) {
                sketch.free(memory);
            }
        }
    }

    /** Refuses a sketch that is larger than this client may make. */
    public void checkBytes(CommandContext context, long bytes) throws CommandException {
        long most =
                context.client().isReplicated() ? SketchSettings.BYTES_MAX : settings.bytesMax();
        if (bytes > most) {
            throw tooLarge;
        }
    }

    /** Most bytes that a sketch of a payload or a file may have. */
    public long bytesMax(ValueContext context) {
        return context.limitsApply() ? settings.bytesMax() : SketchSettings.BYTES_MAX;
    }

    /** A wrong number of arguments. */
    public CommandException arity(String command) {
        return Errors.arity(command);
    }
}
