// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;

/**
 * One command that is kept for later: its arguments, copied out of the network's buffer, one behind
 * the other off the heap. Owner thread only.
 */
final class KeptRequest {
    private final Allocator allocator;
    private final RequestBatch batch;
    private final long address;
    private final long bytes;

    /** Copies the arguments of the command at hand. */
    KeptRequest(Allocator allocator, ArgsView args) {
        this(allocator, args, new byte[args.count()][]);
    }

    /**
     * Copies the arguments of the command at hand, some with other content.
     *
     * @param replaced what stands in an argument's place; null where the argument itself stays
     * @throws dev.sigrun.memory.MemoryExhausted when there is no room
     */
    KeptRequest(Allocator allocator, ArgsView args, byte[][] replaced) {
        this.allocator = allocator;
        int[] lengths = new int[args.count()];
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = replaced[i] == null ? args.length(i) : replaced[i].length;
            total += lengths[i];
        }
        batch = new RequestBatch(lengths);
        bytes = total;
        address = allocator.allocate(room());
        long at = address;
        for (int i = 0; i < lengths.length; i++) {
            if (replaced[i] == null) {
                Memory.copy(args.address(i), at, lengths[i]);
            } else {
                Memory.copy(replaced[i], 0, at, lengths[i]);
            }
            at += lengths[i];
        }
    }

    private long room() {
        return Math.max(bytes, 1);
    }

    /** The command, as a batch of its own. */
    RequestBatch batch() {
        return batch;
    }

    /** Address that the offsets of {@link #batch} count from. */
    long address() {
        return address;
    }

    /** Bytes of the arguments. */
    long bytes() {
        return bytes;
    }

    /** Gives the copy back. */
    void free() {
        allocator.free(address, room());
    }
}
