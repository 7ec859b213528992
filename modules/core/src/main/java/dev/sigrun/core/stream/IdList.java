// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.Arrays;

/** Owner thread only. Identifiers in a row, kept from command to command while there are few. */
final class IdList {
    private static final int KEPT_MAX = 1024;

    private final StreamId next = new StreamId();
    private long[] halves = new long[16];
    private int size;

    /** Drops all identifiers. */
    void clear() {
        size = 0;
        if (halves.length > 2 * KEPT_MAX) {
            halves = new long[2 * KEPT_MAX];
        }
    }

    /** Number of identifiers. */
    int size() {
        return size;
    }

    void add(StreamId id) {
        if (halves.length == 2 * size) {
            halves = Arrays.copyOf(halves, 4 * size);
        }
        halves[2 * size] = id.ms();
        halves[2 * size + 1] = id.seq();
        size++;
    }

    /** Writes an identifier into {@code found}. */
    StreamId get(int index, StreamId found) {
        return found.set(halves[2 * index], halves[2 * index + 1]);
    }

    /** Becomes the identifiers that the arguments are from a position on. */
    void read(Args args, int from, IdParser parser) throws CommandException {
        clear();
        for (int i = from; i < args.count(); i++) {
            parser.readStrict(args.bytes(i), 0, next);
            add(next);
        }
    }
}
