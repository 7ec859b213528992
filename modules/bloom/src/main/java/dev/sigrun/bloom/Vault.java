// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom;

import dev.sigrun.bloom.filter.BloomFilter;
import dev.sigrun.bloom.filter.Filter;
import dev.sigrun.bloom.filter.Shape;
import dev.sigrun.bloom.filter.SipKey;
import dev.sigrun.bloom.filter.Totals;
import dev.sigrun.bloom.type.BloomType;
import dev.sigrun.bloom.type.RedisType;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.CommandEmitter;

/** Owner thread only. Finds the filters of keys, makes new ones and says how they replicate. */
final class Vault {
    /** Raised when a filter was made. */
    static final String RESERVED = "bloom.reserve";

    /** Raised when an item was added. */
    static final String ADDED = "bloom.add";

    final Settings settings = new Settings();
    final Totals totals = new Totals();
    final BloomType bloomType = new BloomType(totals, settings::memoryLimit);
    final RedisType redisType = new RedisType(totals, settings::memoryLimit);
    private OffHeap memory;

    void open(OffHeap pluginMemory) {
        memory = pluginMemory;
    }

    OffHeap memory() {
        return memory;
    }

    /**
     * The filter of a key, of whichever flavour; null when there is no key.
     *
     * @throws CommandException when the key holds something else
     */
    Filter<?> find(Key key) throws CommandException {
        try {
            return key.value(bloomType);
        } catch (CommandException wrongType) {
            if (key.typeName().equals(RedisType.NAME)) {
                return key.value(redisType);
            }
            throw wrongType;
        }
    }

    /** Bytes that a filter may count for when this client changes it. */
    long limit(CommandContext context) {
        return context.client().isReplicated() ? Long.MAX_VALUE : settings.memoryLimit();
    }

    /** The seed of a new filter. */
    SipKey seed(CommandContext context) {
        return settings.randomSeed() ? SipKey.random(context.random()) : SipKey.FIXED;
    }

    /** What a new filter is without any wishes. */
    Shape shape(CommandContext context) {
        return new Shape(
                settings.errorRate(),
                settings.tightening(),
                settings.capacity(),
                settings.expansion(),
                seed(context));
    }

    /** Makes a filter and puts it into a key that is absent. */
    BloomFilter create(CommandContext context, Key key, Shape shape) throws CommandException {
        BloomFilter filter = BloomFilter.reserve(memory, totals, shape, limit(context));
        put(key, filter);
        return filter;
    }

    void put(Key key, BloomFilter filter) {
        boolean kept = false;
        try {
            key.setValue(bloomType, filter);
            kept = true;
        } finally {
            if (!kept) {
                filter.free(memory);
            }
        }
    }

    /**
     * Replicates a creation with everything that was chosen for it, so that it has one outcome
     * everywhere, and raises its events.
     *
     * @param from first of the items that were added with it
     * @param to end of them
     */
    static void created(
            CommandContext context, Key key, Shape shape, boolean added, int from, int to) {
        final boolean scales = shape.expansion() != 0;
        final int items = to > from ? 1 + to - from : 0;
        CommandEmitter out =
                context.replication()
                        .instead()
                        .command("BF.INSERT", 9 + (scales ? 2 : 1) + items)
                        .arg(key.name())
                        .arg("CAPACITY")
                        .arg(shape.capacity())
                        .arg("ERROR")
                        .arg(Numerals.digits(shape.errorRate()))
                        .arg("TIGHTENING")
                        .arg(Numerals.digits(shape.tightening()))
                        .arg("SEED")
                        .arg(shape.seed().bytes());
        if (scales) {
            out.arg("EXPANSION").arg(shape.expansion());
        } else {
            out.arg("NONSCALING");
        }
        if (items > 0) {
            out.arg("ITEMS");
            arguments(context.args(), from, to, out);
        }
        if (added) {
            key.notify(NotifyClass.GENERIC, ADDED);
        }
        key.notify(NotifyClass.GENERIC, RESERVED);
    }

    /** Replicates items that were added to a filter that was there, and raises the event. */
    static void added(CommandContext context, Key key, int from, int to) {
        key.markModified();
        if (to == context.args().count()) {
            context.replication().verbatim();
        } else {
            // Deviation: valkey-bloom replicates the failed items too. A replica knows no memory
            // limit, so there they would succeed.
            CommandEmitter out = context.replication().instead().command("BF.MADD", 1 + to - from);
            arguments(context.args(), from, to, out.arg(key.name()));
        }
        key.notify(NotifyClass.GENERIC, ADDED);
    }

    private static void arguments(Args args, int from, int to, CommandEmitter out) {
        for (int i = from; i < to; i++) {
            out.arg(args.bytes(i));
        }
    }
}
