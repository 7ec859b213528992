// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import java.util.Arrays;

/**
 * Commands that were parsed from one buffer, as offsets and lengths of their arguments. The last
 * command may be incomplete: its arguments so far stand behind those of the complete ones.
 */
public final class RequestBatch {
    /** Arguments kept room for between batches; more than this is given back. */
    private static final int ARGUMENTS_KEPT = 1024;

    private final int[] firstArgument;
    private int[] offsets;
    private int[] lengths;
    private int commands;
    private int arguments;
    private int partial;

    /**
     * Makes an empty batch.
     *
     * @param commandsMax how many commands it takes at most
     */
    public RequestBatch(int commandsMax) {
        firstArgument = new int[commandsMax + 1];
        offsets = new int[256];
        lengths = new int[256];
    }

    /**
     * Makes a batch of one command, whose arguments stand in a buffer of their own with nothing
     * between them.
     *
     * @param argumentLengths the lengths of the arguments; taken over
     */
    public RequestBatch(int[] argumentLengths) {
        firstArgument = new int[] {0, argumentLengths.length};
        offsets = new int[argumentLengths.length];
        lengths = argumentLengths;
        commands = 1;
        arguments = argumentLengths.length;
        for (int i = 1; i < arguments; i++) {
            offsets[i] = Math.addExact(offsets[i - 1], lengths[i - 1]);
        }
    }

    /** Number of complete commands. */
    public int commands() {
        return commands;
    }

    /** Whether no further command fits. */
    public boolean isFull() {
        return commands == firstArgument.length - 1;
    }

    /** Number of arguments of a command, its name included. */
    public int argumentCount(int command) {
        return firstArgument[command + 1] - firstArgument[command];
    }

    /** Position of a command's name among all arguments of the batch. */
    public int firstArgument(int command) {
        return firstArgument[command];
    }

    /** Offset of an argument from the buffer's base. */
    public int offset(int argument) {
        return offsets[argument];
    }

    /** Length of an argument in bytes. */
    public int length(int argument) {
        return lengths[argument];
    }

    /** Adds an argument to the command that is incomplete. */
    public void add(int offset, int length) {
        int at = arguments + partial;
        if (at == offsets.length) {
            offsets = Arrays.copyOf(offsets, at * 2);
            lengths = Arrays.copyOf(lengths, at * 2);
        }
        offsets[at] = offset;
        lengths[at] = length;
        partial++;
    }

    int partial() {
        return partial;
    }

    /** The command that was incomplete is complete. */
    public void commit() {
        arguments += partial;
        partial = 0;
        commands++;
        firstArgument[commands] = arguments;
    }

    void dropPartial() {
        partial = 0;
    }

    /** Forgets everything. */
    public void dropAll() {
        partial = 0;
        consume(0);
    }

    /**
     * Forgets the complete commands.
     *
     * @param shift by how many bytes the incomplete command's bytes move towards the base
     */
    public void consume(int shift) {
        for (int i = 0; i < partial; i++) {
            offsets[i] = offsets[arguments + i] - shift;
            lengths[i] = lengths[arguments + i];
        }
        arguments = 0;
        commands = 0;
        if (offsets.length > ARGUMENTS_KEPT && partial < ARGUMENTS_KEPT / 2) {
            offsets = Arrays.copyOf(offsets, ARGUMENTS_KEPT);
            lengths = Arrays.copyOf(lengths, ARGUMENTS_KEPT);
        }
    }
}
