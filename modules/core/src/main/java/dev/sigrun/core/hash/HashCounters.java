// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.View;
import dev.sigrun.core.string.ExtendedFloat;
import dev.sigrun.core.string.ExtendedFloatParser;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.NotifyClass;
import java.nio.charset.StandardCharsets;

/**
 * HINCRBY and HINCRBYFLOAT. The latter always, and the former where fields have times, replicate as
 * the result, since a replica may see another field. Owner thread only.
 */
final class HashCounters {
    private static final CommandException WOULD_OVERFLOW =
            CommandException.of("increment or decrement would overflow");
    private static final CommandException NOT_AN_INTEGER =
            CommandException.of("hash value is not an integer");
    private static final CommandException NOT_A_FLOAT =
            CommandException.of("hash value is not a float");
    private static final CommandException NOT_FINITE =
            CommandException.of("increment would produce NaN or Infinity");
    private static final CommandException INCREMENT_NOT_FINITE =
            CommandException.of("value is NaN or Infinity");

    private final Hashes hashes;
    private final FieldWriter writer;
    private final CoreMemory memory;
    private final View text = new View();

    HashCounters(Hashes hashes, CoreMemory memory) {
        this.hashes = hashes;
        this.writer = new FieldWriter(hashes);
        this.memory = memory;
    }

    void register(Registrar registrar) {
        registrar.command(
                HashCommands.command("HINCRBY", 4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                this::hincrby);
        registrar.command(
                HashCommands.command("HINCRBYFLOAT", 4)
                        .flags(WRITE, DENYOOM, FAST)
                        .key(KeySpec.at(1, RW, ACCESS, UPDATE))
                        .build(),
                this::hincrbyfloat);
    }

    private void hincrby(CommandContext context) throws CommandException {
        Args args = context.args();
        long increment = args.longAt(3);
        HashValue present = hashes.write(context);
        long old = present == null ? 0 : present.find(hashes.field(args, 2));
        if (old != 0 && !Element.isInteger(old)) {
            throw NOT_AN_INTEGER;
        }
        long value = old == 0 ? 0 : Element.integer(old);
        long sum = value + increment;
        if (((value ^ sum) & (increment ^ sum)) < 0) {
            throw WOULD_OVERFLOW;
        }
        long expiryMillis = old == 0 ? Element.NO_EXPIRY : Element.expiryMillis(old);
        HashValue hash = present == null ? hashes.create(context) : present;
        boolean hadTimes = hashes.hadTimes();
        hashes.field(args, 2);
        hashes.value.integer(sum);
        put(context, hash, expiryMillis);
        hashes.key().notify(NotifyClass.HASH, "hincrby");
        if (hadTimes) {
            replicate(context, expiryMillis, Long.toString(sum));
        } else {
            context.replication().verbatim();
        }
        context.reply().integer(sum);
    }

    private void put(CommandContext context, HashValue hash, long expiryMillis) {
        writer.begin(context, hash, expiryMillis, false);
        try {
            writer.put();
            hashes.settle();
        } finally {
            hashes.giveUp();
        }
        hashes.changed(1);
        writer.sayExpired();
    }

    private static void replicate(CommandContext context, long expiryMillis, String digits) {
        Args args = context.args();
        if (expiryMillis == Element.NO_EXPIRY) {
            context.replication()
                    .instead()
                    .command("HSET", 3)
                    .arg(args.bytes(1))
                    .arg(args.bytes(2))
                    .arg(digits);
        } else {
            context.replication()
                    .instead()
                    .command("HSETEX", 7)
                    .arg(args.bytes(1))
                    .arg("PXAT")
                    .arg(expiryMillis)
                    .arg("FIELDS")
                    .arg(1)
                    .arg(args.bytes(2))
                    .arg(digits);
        }
    }

    private void hincrbyfloat(CommandContext context) throws CommandException {
        Args args = context.args();
        ExtendedFloat increment = ExtendedFloatParser.parse(args.bytes(3));
        if (!increment.isFinite()) {
            throw INCREMENT_NOT_FINITE;
        }
        HashValue present = hashes.write(context);
        long old = present == null ? 0 : present.find(hashes.field(args, 2));
        ExtendedFloat sum = value(old).plus(increment);
        if (!sum.isFinite()) {
            throw NOT_FINITE;
        }
        long expiryMillis = old == 0 ? Element.NO_EXPIRY : Element.expiryMillis(old);
        HashValue hash = present == null ? hashes.create(context) : present;
        byte[] digits = sum.toString().getBytes(StandardCharsets.US_ASCII);
        long scratch = memory.allocate(digits.length);
        try {
            Memory.copy(digits, 0, scratch, digits.length);
            hashes.field(args, 2);
            hashes.value.bytes(scratch, digits.length);
            put(context, hash, expiryMillis);
        } finally {
            memory.free(scratch, digits.length);
        }
        hashes.key().notify(NotifyClass.HASH, "hincrbyfloat");
        replicate(context, expiryMillis, sum.toString());
        context.reply().bulk(digits);
    }

    private ExtendedFloat value(long old) throws CommandException {
        if (old == 0) {
            return ExtendedFloat.ZERO;
        }
        try {
            return Element.isInteger(old)
                    ? ExtendedFloatParser.parse(Long.toString(Element.integer(old)))
                    : ExtendedFloatParser.parse(
                            text.over(Element.address(old), Element.length(old)));
        } catch (CommandException notANumber) {
            throw NOT_A_FLOAT;
        }
    }
}
