// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import java.util.Arrays;

/**
 * The steps of one BITFIELD, parsed before any of them is taken. Owner thread only; one object
 * serves all commands, in arrays that grow to the longest command seen.
 */
final class BitfieldSteps {
    /** What a step does. */
    enum Action {
        /** Reads an integer. */
        GET,
        /** Replaces an integer. */
        SET,
        /** Adds to an integer. */
        INCRBY
    }

    private static final CommandException INVALID_TYPE =
            CommandException.of(
                    "Invalid bitfield type. Use something like i16 u8. "
                            + "Note that u64 is not supported but i64 is.");

    /** Arrays beyond this are not kept for the next command. */
    private static final int KEPT_MAX = 1024;

    private Action[] actions = new Action[8];
    private Overflow[] overflows = new Overflow[8];

    /** Widths; negative for integers with sign. */
    private byte[] widths = new byte[8];

    private long[] offsets = new long[8];
    private long[] operands = new long[8];
    private int count;
    private long lastBitWritten;

    /**
     * Parses the arguments from position 2 on.
     *
     * @throws CommandException when they are no steps
     */
    void parse(CommandContext context) throws CommandException {
        Args args = context.args();
        begin();
        Overflow overflow = Overflow.WRAP;
        int at = 2;
        while (at < args.count()) {
            int behind = args.count() - at - 1;
            if (args.is(at, "OVERFLOW") && behind >= 1) {
                overflow = Overflow.of(args.bytes(at + 1));
                at += 2;
            } else {
                Action action = action(args, at, behind);
                add(context, at, action, overflow);
                at += action == Action.GET ? 3 : 4;
            }
        }
    }

    private void begin() {
        if (offsets.length > KEPT_MAX) {
            resize(KEPT_MAX);
        }
        count = 0;
        lastBitWritten = -1;
    }

    private static Action action(Args args, int at, int behind) throws CommandException {
        if (args.is(at, "GET") && behind >= 2) {
            return Action.GET;
        } else if (args.is(at, "SET") && behind >= 3) {
            return Action.SET;
        } else if (args.is(at, "INCRBY") && behind >= 3) {
            return Action.INCRBY;
        }
        throw CommandException.SYNTAX;
    }

    private void add(CommandContext context, int at, Action action, Overflow overflow)
            throws CommandException {
        int width = width(context.args().bytes(at + 1));
        int bits = Math.abs(width);
        long offset = BitOffset.ofInteger(context, at + 2, bits);
        long operand = 0;
        if (action != Action.GET) {
            operand = context.args().longAt(at + 3);
            lastBitWritten = Math.max(lastBitWritten, offset + bits - 1);
        }
        if (count == offsets.length) {
            resize(count * 2);
        }
        actions[count] = action;
        overflows[count] = overflow;
        widths[count] = (byte) width;
        offsets[count] = offset;
        operands[count] = operand;
        count++;
    }

    private static int width(Bytes type) throws CommandException {
        int sign = type.isEmpty() ? 0 : type.byteAt(0);
        boolean signed = sign == 'i';
        long bits = signed || sign == 'u' ? Digits.parse(type, 1) : -1;
        if (bits < 1 || bits > (signed ? 64 : 63)) {
            throw INVALID_TYPE;
        }
        return (int) (signed ? -bits : bits);
    }

    private void resize(int length) {
        actions = Arrays.copyOf(actions, length);
        overflows = Arrays.copyOf(overflows, length);
        widths = Arrays.copyOf(widths, length);
        offsets = Arrays.copyOf(offsets, length);
        operands = Arrays.copyOf(operands, length);
    }

    /** Number of steps. */
    int count() {
        return count;
    }

    /** Whether any step may write. */
    boolean mayWrite() {
        return lastBitWritten >= 0;
    }

    /** How long the string has to be for all writing steps, in bytes. */
    int bytesWritten() {
        return (int) ((lastBitWritten >>> 3) + 1);
    }

    /** What a step does. */
    Action action(int step) {
        return actions[step];
    }

    /** What a step does with a sum that is out of bounds. */
    Overflow overflow(int step) {
        return overflows[step];
    }

    /** Width of a step's integer in bits. */
    int bits(int step) {
        return Math.abs(widths[step]);
    }

    /** Whether a step's integer has a sign. */
    boolean isSigned(int step) {
        return widths[step] < 0;
    }

    /** Position of a step's first bit. */
    long offset(int step) {
        return offsets[step];
    }

    /** The new value of a SET, the increment of an INCRBY. */
    long operand(int step) {
        return operands[step];
    }
}
