// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;

import dev.sigrun.core.View;
import dev.sigrun.core.generic.GlobPattern;
import dev.sigrun.core.generic.ScanCursor;
import dev.sigrun.memory.dict.DictVisitor;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.reply.ReplyWriter;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** HSCAN. A small hash is answered at once, whatever the cursor. Owner thread only. */
final class HscanCommand {
    private static final CommandException NO_SCORES =
            CommandException.of("NOSCORES option can only be used in ZSCAN");
    private static final int COUNT_DEFAULT = 10;
    private static final int DIGITS_MAX = 20;

    /** Steps of a scan for each field asked for, so that an empty stretch does not stall. */
    private static final int STEPS_PER_FIELD = 10;

    private final Hashes hashes;
    private final DictVisitor collect = this::collect;
    private final View text = new View();
    private final Arena arena = Arena.ofAuto();
    private final long digits = arena.allocate(DIGITS_MAX).address();
    private long[] found = new long[64];
    private int foundCount;
    private HashValue hash;
    private GlobPattern pattern;

    HscanCommand(Hashes hashes) {
        this.hashes = hashes;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HSCAN", -3)
                        .flags(READONLY)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .tips("nondeterministic_output")
                        .build(),
                this::hscan);
    }

    private void hscan(CommandContext context) throws CommandException {
        Args args = context.args();
        long cursor = ScanCursor.parse(args.bytes(2));
        hash = hashes.read(context);
        ReplyWriter reply = context.reply();
        if (hash == null) {
            reply.array(2);
            reply.bulk(0);
            reply.array(0);
            return;
        }
        pattern = null;
        long count = COUNT_DEFAULT;
        boolean values = true;
        for (int i = 3; i < args.count(); i++) {
            boolean hasValue = i + 1 < args.count();
            if (args.is(i, "COUNT") && hasValue) {
                count = args.longAt(++i);
                if (count < 1) {
                    throw CommandException.SYNTAX;
                }
            } else if (args.is(i, "MATCH") && hasValue) {
                pattern = GlobPattern.of(args.bytes(++i));
            } else if (args.is(i, "NOVALUES")) {
                values = false;
            } else {
                throw args.is(i, "NOSCORES") ? NO_SCORES : CommandException.SYNTAX;
            }
        }
        foundCount = 0;
        long next = hash.isLarge() ? scan(cursor, count) : all();
        reply.array(2);
        reply.bulk(Long.toUnsignedString(next).getBytes(StandardCharsets.US_ASCII));
        reply.array(values ? 2 * foundCount : foundCount);
        for (int i = 0; i < foundCount; i++) {
            Hashes.say(reply, found[i]);
            if (values) {
                Hashes.say(reply, HashValue.valueOf(found[i]));
            }
        }
    }

    private long scan(long from, long count) {
        long cursor = from;
        long steps = count > Long.MAX_VALUE / STEPS_PER_FIELD ? count : count * STEPS_PER_FIELD;
        do {
            cursor = hashes.dict.scan(hash.root(), cursor, collect);
        } while (cursor != 0 && foundCount < count && --steps > 0);
        return cursor;
    }

    private long all() {
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            collect(field);
        }
        return 0;
    }

    private void collect(long field) {
        if (hash.isSeenAt(field) && matches(field)) {
            if (foundCount == found.length) {
                found = Arrays.copyOf(found, foundCount * 2);
            }
            found[foundCount++] = field;
        }
    }

    private boolean matches(long field) {
        if (pattern == null || pattern.matchesEverything()) {
            return true;
        }
        if (Element.isInteger(field)) {
            return pattern.matches(text.over(digits, Element.copyTo(field, digits)));
        }
        return pattern.matches(text.over(Element.address(field), Element.length(field)));
    }
}
