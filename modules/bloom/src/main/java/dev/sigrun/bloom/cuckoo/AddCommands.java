// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.cuckoo;

import dev.sigrun.bloom.sketch.Shelf;
import dev.sigrun.bloom.sketch.SketchSettings;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.CommandEmitter;
import java.util.BitSet;

/**
 * Owner thread only. {@code CF.RESERVE}, {@code CF.ADD}, {@code CF.ADDNX}, {@code CF.INSERT} and
 * {@code CF.INSERTNX}.
 *
 * <p>They replicate as the making of the filter with everything that was chosen for it, and then
 * the items that are really in: a replica knows no limits, so there others would be in as well.
 */
final class AddCommands {
    private static final int ITEM = 2;

    private final Shelf<CuckooFilter> shelf;
    private final BitSet added = new BitSet();

    AddCommands(Shelf<CuckooFilter> shelf) {
        this.shelf = shelf;
    }

    // ---- making ----

    void reserve(CommandContext context) throws CommandException {
        Args args = context.args();
        SketchSettings settings = shelf.settings();
        long capacity = capacity(args, 2);
        long slots = settings.cuckooSlots();
        long moves = settings.cuckooMoves();
        long expansion = settings.cuckooExpansion();
        if (args.count() % 2 == 0) {
            throw shelf.arity("cf.reserve");
        }
        for (int i = 3; i < args.count(); i += 2) {
            if (args.is(i, "BUCKETSIZE")) {
                slots = args.longAt(i + 1, 1, CuckooShape.SLOTS_MAX, CuckooErrors.BAD_SLOTS);
            } else if (args.is(i, "MAXITERATIONS")) {
                moves = args.longAt(i + 1, 1, CuckooShape.MOVES_MAX, CuckooErrors.BAD_MOVES);
            } else if (args.is(i, "EXPANSION")) {
                expansion =
                        args.longAt(
                                i + 1, 0, CuckooShape.EXPANSION_MAX, CuckooErrors.BAD_EXPANSION);
            } else {
                throw CuckooErrors.UNKNOWN_ARGUMENT;
            }
        }
        if (capacity < slots * 2) {
            throw CuckooErrors.SMALL_CAPACITY;
        }
        Key key = context.write(1);
        shelf.mustBeAbsent(key);
        CuckooShape shape =
                CuckooShape.forItems(capacity, (int) slots, (int) moves, (int) expansion);
        make(context, key, shape);
        making(context.replication().instead(), key, shape);
        context.reply().ok();
    }

    private static long capacity(Args args, int index) throws CommandException {
        return args.longAt(index, 1, Long.MAX_VALUE, CuckooErrors.BAD_CAPACITY);
    }

    private CuckooShape shape(long capacity) {
        SketchSettings settings = shelf.settings();
        return CuckooShape.forItems(
                capacity,
                settings.cuckooSlots(),
                settings.cuckooMoves(),
                settings.cuckooExpansion());
    }

    private CuckooFilter make(CommandContext context, Key key, CuckooShape shape)
            throws CommandException {
        if (!shape.isPossible(0)) {
            throw CuckooErrors.TOO_LARGE;
        }
        shelf.checkBytes(context, shape.bytes(0));
        CuckooFilter filter = CuckooFilter.empty(shelf.census(), shape);
        shelf.put(key, filter);
        return filter;
    }

    private static void making(CommandEmitter out, Key key, CuckooShape shape) {
        out.command("CF.RESERVE", 8)
                .arg(key.name())
                .arg(shape.buckets() * shape.slots())
                .arg("BUCKETSIZE")
                .arg(shape.slots())
                .arg("MAXITERATIONS")
                .arg(shape.moves())
                .arg("EXPANSION")
                .arg(shape.expansion());
    }

    // ---- adding ----

    void add(CommandContext context, boolean ifAbsent) throws CommandException {
        Key key = context.write(1);
        CuckooFilter filter = shelf.find(key);
        boolean isNew = filter == null;
        if (isNew) {
            filter = make(context, key, shape(shelf.settings().cuckooCapacity()));
        }
        boolean isAdded = addOne(context, filter, ITEM, ifAbsent);
        if (isNew) {
            CommandEmitter out = context.replication().instead();
            making(out, key, filter.shape());
            out.command("CF.ADD", 2).arg(key.name()).arg(context.args().bytes(ITEM));
        } else if (isAdded) {
            key.markModified();
            context.replication().verbatim();
        }
        context.reply().bool(isAdded);
    }

    private boolean addOne(CommandContext context, CuckooFilter filter, int index, boolean ifAbsent)
            throws CommandException {
        long hash = CuckooFilter.hash(context.args().bytes(index));
        if (ifAbsent && filter.contains(hash)) {
            return false;
        }
        boolean isLimited = !context.client().isReplicated();
        CuckooFilter.Addition outcome =
                filter.add(
                        shelf.memory(),
                        hash,
                        isLimited ? shelf.settings().cuckooLayers() : CuckooShape.LAYERS_MAX,
                        isLimited ? shelf.settings().bytesMax() : Long.MAX_VALUE);
        return switch (outcome) {
            case DONE -> true;
            case FULL -> throw CuckooErrors.FULL;
            case LAYERS -> throw CuckooErrors.LAYERS;
            case BYTES -> throw CuckooErrors.TOO_LARGE;
        };
    }

    void insert(CommandContext context, boolean ifAbsent) throws CommandException {
        Args args = context.args();
        long capacity = shelf.settings().cuckooCapacity();
        boolean mayMake = true;
        int at = 2;
        while (at < args.count() && !args.is(at, "ITEMS")) {
            if (args.is(at, "NOCREATE")) {
                mayMake = false;
            } else if (args.is(at, "CAPACITY") && at + 1 < args.count()) {
                at++;
                capacity = capacity(args, at);
            } else {
                throw CuckooErrors.UNKNOWN_ARGUMENT;
            }
            at++;
        }
        int first = at + 1;
        if (first >= args.count()) {
            throw shelf.arity(ifAbsent ? "cf.insertnx" : "cf.insert");
        }
        Key key = context.write(1);
        CuckooFilter filter = shelf.find(key);
        boolean isNew = filter == null;
        if (isNew) {
            if (!mayMake) {
                throw CuckooErrors.NOT_FOUND;
            }
            if (capacity < shelf.settings().cuckooSlots() * 2L) {
                throw CuckooErrors.SMALL_CAPACITY;
            }
            filter = make(context, key, shape(capacity));
        }
        addAll(context, filter, first, ifAbsent);
        replicate(context, key, isNew ? filter.shape() : null);
    }

    private void addAll(CommandContext context, CuckooFilter filter, int first, boolean ifAbsent) {
        ReplyWriter reply = context.reply();
        int count = context.args().count();
        added.clear();
        reply.array(count - first);
        for (int i = first; i < count; i++) {
            try {
                boolean isAdded = addOne(context, filter, i, ifAbsent);
                added.set(i, isAdded);
                reply.bool(isAdded);
            } catch (CommandException full) {
                reply.integer(-1);
            }
        }
    }

    private void replicate(CommandContext context, Key key, CuckooShape made) {
        if (made == null && added.isEmpty()) {
            return;
        }
        CommandEmitter out = context.replication().instead();
        if (made != null) {
            making(out, key, made);
        } else {
            key.markModified();
        }
        if (!added.isEmpty()) {
            out.command("CF.INSERT", 3 + added.cardinality())
                    .arg(key.name())
                    .arg("NOCREATE")
                    .arg("ITEMS");
            for (int i = added.nextSetBit(0); i >= 0; i = added.nextSetBit(i + 1)) {
                out.arg(context.args().bytes(i));
            }
        }
    }
}
