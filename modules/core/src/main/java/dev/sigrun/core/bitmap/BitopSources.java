// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.bitmap;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.key.Key;

/**
 * The strings that BITOP combines. Owner thread only; one object serves all commands.
 *
 * <p>A command may name more keys than may be held at a time, so sources are lent in groups. All of
 * a group are combined part by part, small enough for a part of the result to stay in the nearest
 * cache while every source passes over it.
 */
final class BitopSources {
    private static final int FIRST_KEY = 3;

    /** How many sources are held at a time. */
    static final int GROUP_MAX = 32;

    private static final int PART_BYTES = 8192;

    private final long[] addresses = new long[GROUP_MAX];
    private final int[] lengths = new int[GROUP_MAX];
    private int held;

    /**
     * Looks all sources up.
     *
     * @return the length of the longest in bytes
     * @throws CommandException when one of them is no string
     */
    int measure(CommandContext context) throws CommandException {
        int longest = 0;
        int count = context.args().count() - FIRST_KEY;
        for (int i = 0; i < count; i++) {
            longest = Math.max(longest, hold(i % GROUP_MAX, context.read(FIRST_KEY + i)));
        }
        held = count;
        return longest;
    }

    /**
     * Writes the combination of all sources to memory.
     *
     * @param target where the result goes
     * @param length length of the result
     */
    void combine(CommandContext context, BitOperation operation, long target, int length)
            throws CommandException {
        int count = context.args().count() - FIRST_KEY;
        for (int first = 0; first < count; first += GROUP_MAX) {
            if (count > GROUP_MAX) {
                lend(context, first, Math.min(GROUP_MAX, count - first));
            }
            for (int at = 0; at < length; at += PART_BYTES) {
                int part = Math.min(PART_BYTES, length - at);
                combinePart(operation, first == 0, target + at, at, part);
            }
        }
    }

    /** Looks a group up once more, which counts as no further read. */
    private void lend(CommandContext context, int first, int size) throws CommandException {
        int access = Access.READ | Access.NO_TOUCH | Access.NO_STATS;
        for (int i = 0; i < size; i++) {
            Bytes name = context.args().bytes(FIRST_KEY + first + i);
            hold(i, context.keyspace().open(name, access));
        }
        held = size;
    }

    private int hold(int place, Key key) throws CommandException {
        Bytes content = key.string();
        addresses[place] = content == null ? 0 : content.address();
        lengths[place] = content == null ? 0 : content.length();
        return lengths[place];
    }

    private void combinePart(
            BitOperation operation, boolean begins, long target, int at, int length) {
        int next = 0;
        if (begins) {
            operation.begin(target, length, addresses[0] + at, available(0, at, length));
            next = 1;
        }
        for (; next < held; next++) {
            int available = available(next, at, length);
            operation.combine(target, length, addresses[next] + at, available);
        }
    }

    /** How many bytes of a part a source has. */
    private int available(int source, int at, int length) {
        return Math.max(0, Math.min(lengths[source] - at, length));
    }
}
