// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.DELETE;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RW;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;

/** SADD, SREM and SMOVE. Owner thread only; none allocates on the heap. */
final class Changes {
    private static final int FIRST_MEMBER = 2;
    private static final int MOVED_MEMBER = 3;

    private final Sets sets;
    private final SetType type;
    private final SetResult fresh;
    private final Item item = new Item();
    private int added;
    private int looked;

    Changes(Sets sets, SetType type, CoreMemory memory) {
        this.sets = sets;
        this.type = type;
        this.fresh = new SetResult(sets, type, memory);
    }

    void register(Registrar registrar) {
        registrar.command(
                SetCommands.command("SADD", -3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                this::add);
        registrar.command(
                SetCommands.command("SREM", -3)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, DELETE))
                        .build(),
                this::remove);
        registrar.command(
                SetCommands.command("SMOVE", 4)
                        .flags(WRITE, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, DELETE))
                        .key(KeySpec.at(2, RW, INSERT))
                        .build(),
                this::move);
    }

    // ---- SADD ----

    private void add(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(1);
        Cell cell = key.value(type);
        int members = args.count() - FIRST_MEMBER;
        added = 0;
        looked = FIRST_MEMBER;
        if (cell == null) {
            cell = create(key, Members.over(item, args.bytes(FIRST_MEMBER)), members);
            added = 1;
            looked++;
        } else {
            sets.expect(cell, members);
        }
        try {
            while (looked < args.count()) {
                added += sets.add(cell, Members.over(item, args.bytes(looked))) ? 1 : 0;
                looked++;
            }
        } finally {
            if (added > 0) {
                key.markModified();
                key.countChanges(added - 1);
                replicate(context);
            }
        }
        if (added > 0) {
            key.notify(NotifyClass.SET, "sadd");
        }
        context.reply().integer(added);
    }

    /** A key appears together with its first member, so that there is never an empty set. */
    private Cell create(Key key, Item member, long expected) throws CommandException {
        fresh.begin(sets.firstForm(member, expected));
        try {
            fresh.add(member);
            fresh.moveTo(key);
        } finally {
            fresh.close();
        }
        return key.value(type);
    }

    /** When memory runs out on the way, what was added till then is what replicates. */
    private void replicate(CommandContext context) {
        Args args = context.args();
        if (looked == args.count()) {
            context.replication().verbatim();
            return;
        }
        CommandEmitter out = context.replication().instead().command("SADD", looked - 1);
        for (int i = 1; i < looked; i++) {
            out.arg(args.bytes(i));
        }
    }

    // ---- SREM ----

    private void remove(CommandContext context) throws CommandException {
        Args args = context.args();
        Key key = context.write(1);
        Cell cell = key.value(type);
        if (cell == null) {
            context.reply().integer(0);
            return;
        }
        int removed = 0;
        boolean empty = false;
        for (int i = FIRST_MEMBER; i < args.count() && !empty; i++) {
            if (sets.remove(cell, Members.over(item, args.bytes(i)))) {
                removed++;
                empty = sets.size(cell) == 0;
            }
        }
        if (removed > 0) {
            settle(key, empty);
            key.countChanges(removed - 1L);
            key.notify(NotifyClass.SET, "srem");
            if (empty) {
                key.notify(NotifyClass.GENERIC, "del");
            }
            context.replication().verbatim();
        }
        context.reply().integer(removed);
    }

    private static void settle(Key key, boolean empty) {
        if (empty) {
            key.remove(true);
        } else {
            key.markModified();
        }
    }

    // ---- SMOVE ----

    private void move(CommandContext context) throws CommandException {
        Args args = context.args();
        Key source = context.write(1);
        Key target = context.write(2);
        Cell from = source.value(type);
        if (from == null) {
            context.reply().integer(0);
            return;
        }
        Cell to = target.value(type);
        Bytes argument = args.bytes(MOVED_MEMBER);
        boolean isMember = sets.contains(from, Members.over(item, argument));
        boolean moves = isMember && !args.bytes(1).contentEquals(args.bytes(2));
        if (moves) {
            move(context, source, target, to);
        }
        context.reply().integer(isMember ? 1 : 0);
    }

    /** The target takes the member before the source lets it go, for only the former can fail. */
    private void move(CommandContext context, Key source, Key target, Cell to)
            throws CommandException {
        boolean isNew = true;
        if (to == null) {
            create(target, item, 1);
        } else {
            isNew = sets.add(to, item);
            if (isNew) {
                target.markModified();
            }
        }
        Cell from = source.value(type);
        sets.remove(from, item);
        boolean empty = sets.size(from) == 0;
        settle(source, empty);
        source.notify(NotifyClass.SET, "srem");
        if (empty) {
            source.notify(NotifyClass.GENERIC, "del");
        }
        if (isNew) {
            target.notify(NotifyClass.SET, "sadd");
        }
        context.replication().verbatim();
    }
}
