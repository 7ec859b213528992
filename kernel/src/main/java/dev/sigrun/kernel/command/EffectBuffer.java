// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Memory;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands that wait for the end of their unit, one behind the other off the heap, each behind a
 * head of three numbers: database, targets, length. Owner thread only.
 */
final class EffectBuffer {
    private static final int HEAD_BYTES = 16;

    /** A space is closed beyond this, since one cannot grow without end. */
    private static final int SPACE_BYTES_MAX = 64 << 20;

    private final List<ScratchSpace> closed = new ArrayList<>();
    private final List<Integer> closedBytes = new ArrayList<>();
    private ScratchSpace space = new ScratchSpace();
    private int used;
    private int count;

    /** Number of commands. */
    int count() {
        return count;
    }

    /** Adds a command that is complete. */
    void add(int db, byte[] command, int targets) {
        long at = begin(db, command.length, targets);
        Memory.copy(command, 0, at, command.length);
    }

    /** Adds a command as it was sent. */
    void add(int db, ArgsView args, int targets) {
        int length = Math.toIntExact(args.requestBytes());
        long at = begin(db, length, targets);
        at = head(at, '*', args.count());
        for (int i = 0; i < args.count(); i++) {
            int bytes = args.length(i);
            at = head(at, '$', bytes);
            Memory.copy(args.address(i), at, bytes);
            at = lineEnd(at + bytes);
        }
    }

    private long begin(int db, int length, int targets) {
        if (used > SPACE_BYTES_MAX) {
            closed.add(space);
            closedBytes.add(used);
            space = new ScratchSpace();
            used = 0;
        }
        int needed = Math.addExact(length, HEAD_BYTES + 8);
        if (space.capacity() - used < needed) {
            space.grow(used, needed);
        }
        long at = space.address() + used;
        Memory.putInt(at, db);
        Memory.putInt(at + 4, targets);
        Memory.putInt(at + 8, length);
        used += HEAD_BYTES + rounded(length);
        count++;
        return at + HEAD_BYTES;
    }

    /** Heads stay aligned. */
    private static int rounded(int length) {
        return length + 7 & ~7;
    }

    private static long head(long at, char mark, int number) {
        Memory.putByte(at, (byte) mark);
        int digits = 1;
        for (int rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = number;
        for (int i = digits; i > 0; i--) {
            Memory.putByte(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
        return lineEnd(at + 1 + digits);
    }

    private static long lineEnd(long at) {
        Memory.putByte(at, (byte) '\r');
        Memory.putByte(at + 1, (byte) '\n');
        return at + 2;
    }

    /** Hands all of them on, in order, and forgets them. */
    void handOn(Propagation taker) {
        for (int i = 0; i < closed.size(); i++) {
            handOn(taker, closed.get(i).address(), closedBytes.get(i));
            closed.get(i).free();
        }
        closed.clear();
        closedBytes.clear();
        handOn(taker, space.address(), used);
        space.trim();
        used = 0;
        count = 0;
    }

    private static void handOn(Propagation taker, long from, int bytes) {
        long end = from + bytes;
        for (long at = from; at < end; ) {
            int length = Memory.getInt(at + 8);
            taker.feed(Memory.getInt(at), at + HEAD_BYTES, length, Memory.getInt(at + 4));
            at += HEAD_BYTES + rounded(length);
        }
    }
}
