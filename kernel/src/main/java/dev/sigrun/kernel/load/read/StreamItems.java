// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.kernel.rdb.RdbFormat;

/**
 * Passes over a stream item by item: a node, the numbers, a group's head, a pending entry. Between
 * two items it may be cut. The thread that reads alone.
 */
public final class StreamItems {
    private static final int ID_BYTES = 16;

    private enum Stage {
        BEGIN,
        NODES,
        GROUPS,
        PENDING,
        CONSUMERS,
        OWNED,
        END
    }

    private Stage stage = Stage.END;
    private int layout;
    private long entries;

    // What is still to come of each; unsigned.
    private long nodes;
    private long groups;
    private long pending;
    private long consumers;
    private long owned;

    /** Makes one that is at no stream. */
    public StreamItems() {}

    /** Begins a stream. */
    public StreamItems begin(int newLayout) {
        layout = newLayout;
        stage = Stage.BEGIN;
        return this;
    }

    /** How many entries the stream says it has; once all has been passed. */
    public long entries() {
        return entries;
    }

    /**
     * Passes over the next item.
     *
     * @return whether there are more
     */
    public boolean pass(Window in) throws LoadException {
        switch (stage) {
            case BEGIN -> {
                nodes = in.readLength();
                stage = Stage.NODES;
            }
            case NODES -> node(in);
            case GROUPS -> group(in);
            case PENDING -> pending(in);
            case CONSUMERS -> consumer(in);
            default -> {
                in.skip(ID_BYTES);
                owned--;
            }
        }
        settle();
        return stage != Stage.END;
    }

    private void node(Window in) throws LoadException {
        if (nodes != 0) {
            in.skipString();
            in.skipString();
            nodes--;
            return;
        }
        entries = in.readLength();
        skipLengths(in, isCounted() ? 7 : 2);
        groups = in.readLength();
        stage = Stage.GROUPS;
    }

    private boolean isCounted() {
        return layout >= RdbFormat.TYPE_STREAM_LISTPACKS_2;
    }

    private void group(Window in) throws LoadException {
        in.skipString();
        skipLengths(in, isCounted() ? 3 : 2);
        pending = in.readLength();
        groups--;
        stage = Stage.PENDING;
    }

    private void pending(Window in) throws LoadException {
        if (pending != 0) {
            in.skip(ID_BYTES + Long.BYTES);
            in.readLength();
            pending--;
            return;
        }
        consumers = in.readLength();
        stage = Stage.CONSUMERS;
    }

    private void consumer(Window in) throws LoadException {
        in.skipString();
        in.skip(layout >= RdbFormat.TYPE_STREAM_LISTPACKS_3 ? 2 * Long.BYTES : Long.BYTES);
        owned = in.readLength();
        consumers--;
        stage = Stage.OWNED;
    }

    /** Leaves what has nothing more to come. */
    private void settle() {
        if (stage == Stage.OWNED && owned == 0) {
            stage = Stage.CONSUMERS;
        }
        if (stage == Stage.CONSUMERS && consumers == 0) {
            stage = Stage.GROUPS;
        }
        if (stage == Stage.GROUPS && groups == 0) {
            stage = Stage.END;
        }
    }

    private static void skipLengths(Window in, int count) throws LoadException {
        for (int i = 0; i < count; i++) {
            in.readLength();
        }
    }
}
