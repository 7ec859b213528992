// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.Cell;

/**
 * What all hash commands share: the type, the one flyweight over the hash at hand, and how a hash
 * is opened and left. Owner thread only; one command at a time.
 */
final class Hashes {
    final Dict dict;
    final HashType type;
    final HashLimits limits = new HashLimits();

    /** The field at hand. */
    final Item field = new Item();

    /** The value at hand. */
    final Item value = new Item();

    private final CoreMemory memory;
    private final HashValue hash;
    private Key key;
    private boolean hadTimes;
    private boolean created;

    Hashes(CoreMemory memory) {
        this.memory = memory;
        dict = new Dict(memory, 2, memory.hashKey0(), memory.hashKey1());
        hash = new HashValue(memory, dict);
        type = new HashType(memory, dict, limits);
    }

    /** A flyweight for whoever looks into a hash beside the one at hand. */
    HashValue another() {
        return new HashValue(memory, dict);
    }

    /** The key that the last opening found. */
    Key key() {
        return key;
    }

    private static long seenFrom(CommandContext context) {
        // A primary says itself when fields go, so what it names is there.
        return context.client().isReplicated() ? Long.MIN_VALUE : context.nowMillis();
    }

    /** The hash at the first argument for reading; null when absent. */
    HashValue read(CommandContext context) throws CommandException {
        return at(context.read(1), context);
    }

    /** The hash at the first argument for changing; null when absent. */
    HashValue write(CommandContext context) throws CommandException {
        return at(context.write(1), context);
    }

    private HashValue at(Key opened, CommandContext context) throws CommandException {
        key = opened;
        created = false;
        Cell cell = opened.value(type);
        if (cell == null) {
            return null;
        }
        hash.over(cell, seenFrom(context));
        hadTimes = hash.hasTimes();
        return hash;
    }

    /** The hash at the first argument for adding; when absent, an empty one is made. */
    HashValue writeOrCreate(CommandContext context) throws CommandException {
        HashValue present = write(context);
        return present == null ? create(context) : present;
    }

    HashValue create(CommandContext context) {
        Cell cell = key.newValue(type, HashValue.EMPTY_BYTES);
        HashValue.create(cell);
        created = true;
        hadTimes = false;
        return hash.over(cell, seenFrom(context));
    }

    /** Takes back a hash that was made and then stayed empty, because memory was short. */
    void giveUp() {
        if (created && hash.length() == 0) {
            key.remove(false);
        }
    }

    /** Whether the hash had a field with a time to live when it was opened. */
    boolean hadTimes() {
        return hadTimes;
    }

    /**
     * Makes the hash large when what is about to be set does not fit into a small one.
     *
     * @param first position of the first field; values follow fields
     */
    void prepare(Args args, int first) {
        if (hash.isLarge()) {
            return;
        }
        int count = args.count();
        boolean fits = limits.allowsCount((count - first) / 2);
        for (int i = first; i < count && fits; i++) {
            fits = limits.allowsLength(args.bytes(i).length());
        }
        if (!fits) {
            hash.enlarge();
        }
    }

    /** Whether a small hash may have the field and the value at hand. */
    boolean fits() {
        return limits.allowsLength(field.length()) && limits.allowsLength(value.length());
    }

    /** Makes the hash large when it has outgrown a small one. */
    void settle() {
        if (!hash.isLarge() && !limits.allowsCount(hash.length())) {
            hash.enlarge();
        }
    }

    /** The field at an argument. */
    Item field(Args args, int index) {
        return item(field, args, index);
    }

    /** The value at an argument, without a time. */
    Item value(Args args, int index) {
        return item(value, args, index);
    }

    private static Item item(Item item, Args args, int index) {
        Bytes bytes = args.bytes(index);
        return item.bytes(bytes.address(), bytes.length());
    }

    /**
     * Takes note of a change: tells the key, and whether there are fields with times now.
     *
     * @param count of how many fields
     */
    void changed(long count) {
        key.markModified();
        key.countChanges(count - 1);
        boolean hasTimes = hash.hasTimes();
        if (hasTimes != hadTimes) {
            key.elementsExpire(hasTimes);
            hadTimes = hasTimes;
        }
    }

    /**
     * Takes note of a removal of fields and raises its events.
     *
     * @param count how many they are
     * @param event what is said of the hash
     */
    void removed(long count, String event) {
        changed(count);
        key.notify(NotifyClass.HASH, event);
        removeIfEmpty();
    }

    /** Removes the key of an empty hash. */
    void removeIfEmpty() {
        if (hash.length() == 0) {
            key.remove(true);
            key.notify(NotifyClass.GENERIC, "del");
        }
    }

    /** Says a value, or nothing for 0. */
    static void say(ReplyWriter reply, long element) {
        if (element == 0) {
            reply.nil();
        } else if (Element.isInteger(element)) {
            reply.bulk(Element.integer(element));
        } else {
            reply.bulk(Element.address(element), Element.length(element));
        }
    }
}
