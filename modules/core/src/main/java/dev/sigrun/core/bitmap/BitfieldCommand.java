// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import static dev.sigrun.spi.command.CommandFlag.DENYOOM;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.READONLY;
import static dev.sigrun.spi.command.CommandFlag.WRITE;
import static dev.sigrun.spi.command.KeySpec.Use.ACCESS;
import static dev.sigrun.spi.command.KeySpec.Use.RO;
import static dev.sigrun.spi.command.KeySpec.Use.RW;
import static dev.sigrun.spi.command.KeySpec.Use.UPDATE;
import static dev.sigrun.spi.command.KeySpec.Use.VARIABLE_FLAGS;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.reply.ReplyWriter;

/**
 * BITFIELD and BITFIELD_RO. Owner thread only; allocates nothing once its arrays have grown.
 *
 * <p>The string is made as long as the last writing step needs before the first step, also when
 * every one of them then fails. Deviation: that alone replicates here, whereas Valkey keeps it from
 * its replicas.
 */
final class BitfieldCommand implements CommandHandler {
    private static final CommandException ONLY_GET =
            CommandException.of("BITFIELD_RO only supports the GET subcommand");

    private final boolean readOnly;
    private final BitfieldSteps steps = new BitfieldSteps();
    private Key key;
    private long address;
    private int length;
    private boolean grown;
    private boolean writable;
    private int changes;

    private BitfieldCommand(boolean readOnly) {
        this.readOnly = readOnly;
    }

    static void register(Registrar registrar) {
        registrar.command(
                BitmapCommands.command("BITFIELD", -2)
                        .flags(WRITE, DENYOOM)
                        .key(
                                KeySpec.at(1, RW, UPDATE, ACCESS, VARIABLE_FLAGS)
                                        .withNotes("With nothing but `GET` it is only read."))
                        .finder(new BitfieldKeys())
                        .build(),
                new BitfieldCommand(false));
        registrar.command(
                BitmapCommands.command("BITFIELD_RO", -2)
                        .flags(READONLY, FAST)
                        .key(KeySpec.at(1, RO, ACCESS))
                        .build(),
                new BitfieldCommand(true));
    }

    @Override
    public void handle(CommandContext context) throws CommandException {
        steps.parse(context);
        if (readOnly && steps.mayWrite()) {
            throw ONLY_GET;
        }
        open(context);
        ReplyWriter reply = context.reply();
        reply.array(steps.count());
        for (int step = 0; step < steps.count(); step++) {
            if (steps.action(step) == BitfieldSteps.Action.GET) {
                reply.integer(read(step));
            } else {
                write(reply, step);
            }
        }
        if (changes > 0) {
            key.countChanges(changes - 1L);
            key.notify(NotifyClass.STRING, "setbit");
        }
        if (writable) {
            context.replication().verbatim();
        }
        key = null;
    }

    private void open(CommandContext context) throws CommandException {
        key = steps.mayWrite() ? context.write(1) : context.read(1);
        Bytes content = key.string();
        length = content == null ? 0 : content.length();
        address = content == null ? 0 : content.address();
        grown = steps.mayWrite() && steps.bytesWritten() > length;
        writable = false;
        changes = 0;
        if (grown) {
            makeWritable(steps.bytesWritten());
        }
    }

    private void makeWritable(int bytes) throws CommandException {
        Bytes content = key.growString(bytes);
        length = content.length();
        address = content.address();
        writable = true;
    }

    private long read(int step) {
        long offset = steps.offset(step);
        int bits = steps.bits(step);
        return steps.isSigned(step)
                ? BitInteger.signed(address, length, offset, bits)
                : BitInteger.unsigned(address, length, offset, bits);
    }

    private void write(ReplyWriter reply, int step) throws CommandException {
        int bits = steps.bits(step);
        long old = read(step);
        boolean sets = steps.action(step) == BitfieldSteps.Action.SET;
        long value = sets ? steps.operand(step) : old;
        long increment = sets ? 0 : steps.operand(step);
        long sum = value + increment;
        boolean signed = steps.isSigned(step);
        int direction =
                signed
                        ? Overflow.ofSigned(value, increment, bits)
                        : Overflow.ofUnsigned(value, increment, bits);
        Overflow overflow = steps.overflow(step);
        if (direction != 0 && overflow == Overflow.FAIL) {
            reply.nil();
            return;
        }
        if (direction != 0) {
            sum =
                    signed
                            ? overflow.boundedSigned(sum, direction, bits)
                            : overflow.bounded(sum, direction, bits);
        }
        reply.integer(sets ? old : sum);
        put(step, old, sum);
    }

    private void put(int step, long old, long value) throws CommandException {
        if (value == old && !grown) {
            return;
        }
        if (!writable) {
            makeWritable(length);
        }
        BitInteger.put(address, steps.offset(step), steps.bits(step), value);
        changes++;
    }
}
