// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.INSERT;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** GETRANGE, its older name SUBSTR, SETRANGE and APPEND: parts of strings. Owner thread only. */
final class Ranges {
    private static final CommandException OFFSET_OUT_OF_RANGE =
            CommandException.of("offset is out of range");
    private static final Bytes EMPTY = Bytes.constant("");

    private Ranges() {}

    static void register(Registrar registrar) {
        registrar.command(
                StringCommands.command("GETRANGE", 4)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                Ranges::getrange);
        registrar.command(
                StringCommands.command("SUBSTR", 4)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                Ranges::getrange);
        registrar.command(
                StringCommands.command("SETRANGE", 4)
                        .flags(WRITE, DENYOOM)
                        .key(KeySpec.at(1, RW, UPDATE))
                        .build(),
                Ranges::setrange);
        registrar.command(
                StringCommands.command("APPEND", 3)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, INSERT))
                        .build(),
                Ranges::append);
    }

    private static void getrange(CommandContext context) throws CommandException {
        long start = context.args().longAt(2);
        long end = context.args().longAt(3);
        Bytes content = context.read(1).string();
        int length = content == null ? 0 : content.length();
        boolean backwards = start < 0 && end < 0 && start > end;
        int first = (int) Math.min(fromStart(start, length), length);
        int last = (int) Math.min(fromStart(end, length), length - 1L);
        if (backwards || first > last) {
            context.reply().bulk(EMPTY);
        } else if (last - first == length - 1) {
            context.reply().bulk(content);
        } else {
            MemorySegment part = content.segment().asSlice(first, last - first + 1L);
            context.reply().bulk(part.toArray(ValueLayout.JAVA_BYTE));
        }
    }

    /** Counts a negative index from the end; what lies before the start is the start. */
    private static long fromStart(long index, int length) {
        return Math.max(index < 0 ? index + length : index, 0);
    }

    private static void setrange(CommandContext context) throws CommandException {
        Args args = context.args();
        long offset = args.longAt(2);
        if (offset < 0) {
            throw OFFSET_OUT_OF_RANGE;
        }
        Bytes part = args.bytes(3);
        Key key = context.write(1);
        int length = key.stringLength();
        if (part.isEmpty()) {
            context.reply().integer(length);
            return;
        }
        int end = StringLimit.sum(context, offset, part.length());
        overwrite(key.growString(end), end - part.length(), part);
        key.notify(NotifyClass.STRING, "setrange");
        context.replication().verbatim();
        context.reply().integer(Math.max(length, end));
    }

    private static void append(CommandContext context) throws CommandException {
        Bytes part = context.args().bytes(2);
        Key key = context.write(1);
        int length = key.stringLength();
        int end = part.length();
        if (key.isPresent()) {
            end = StringLimit.sum(context, length, part.length());
            overwrite(key.growString(end), length, part);
        } else {
            key.setString(part, false);
        }
        key.notify(NotifyClass.STRING, "append");
        context.replication().verbatim();
        context.reply().integer(end);
    }

    private static void overwrite(Bytes target, int offset, Bytes part) {
        MemorySegment.copy(part.segment(), 0, target.segment(), offset, part.length());
    }
}
