// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import dev.sigrun.core.stream.store.Appender;
import dev.sigrun.core.stream.store.EntryCursor;
import dev.sigrun.core.stream.store.Eraser;
import dev.sigrun.core.stream.store.Groups;
import dev.sigrun.core.stream.store.NodeLimits;
import dev.sigrun.core.stream.store.PendingEntries;
import dev.sigrun.core.stream.store.StreamId;
import dev.sigrun.core.stream.store.StreamRoot;
import dev.sigrun.core.stream.store.StreamWalks;
import dev.sigrun.core.stream.type.StreamType;
import dev.sigrun.memory.Blocks;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;

/**
 * Owner thread only. What all stream commands work with: the type, the limits, and the flyweights
 * that know the data.
 */
final class Streams {
    final NodeLimits limits = new NodeLimits();
    final StreamType type;
    final Appender appender;
    final Eraser eraser;
    final Groups groups;
    final PendingEntries pending;
    final EntryWriter writer = new EntryWriter();
    final IdParser parser = new IdParser();

    private final EntryCursor entries = new EntryCursor();
    private final StreamId lowest = new StreamId();
    private final StreamId highest = new StreamId().set(-1, -1);

    Streams(Blocks blocks) {
        StreamWalks walks = new StreamWalks();
        type = new StreamType(blocks, walks);
        appender = new Appender(blocks, limits, walks);
        eraser = new Eraser(blocks, walks);
        groups = new Groups(blocks, walks);
        pending = new PendingEntries(blocks, walks);
    }

    /**
     * The stream of a key; 0 when there is no key. It stands where it is until the key changes by
     * other means.
     *
     * @throws CommandException {@link CommandException#WRONG_TYPE}
     */
    long root(Key key) throws CommandException {
        Cell cell = key.value(type);
        return cell == null ? 0 : cell.address();
    }

    /** Makes a key hold an empty stream. */
    long create(Key key) {
        long root = key.newValue(type, StreamRoot.BYTES).address();
        StreamRoot.init(root);
        return root;
    }

    /** A cursor on a range; the same one at each call. */
    EntryCursor range(long root, StreamId start, StreamId end, boolean backwards) {
        return entries.open(root, start, end, backwards);
    }

    /** Whether a stream has an entry that is not deleted. */
    boolean hasEntry(long root, StreamId id) {
        return entries.open(root, id, id, false).next();
    }

    /** Finds the last entry that is not deleted; false when there is none. */
    boolean lastEntry(long root, StreamId found) {
        if (!entries.open(root, lowest, highest, true).next()) {
            return false;
        }
        found.set(entries.ms(), entries.seq());
        return true;
    }

    /** Raises an event about a stream. */
    static void notify(Key key, String event) {
        key.notify(NotifyClass.STREAM, event);
    }
}
