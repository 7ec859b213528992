// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.Store;
import java.nio.charset.StandardCharsets;

/**
 * What stands in a snapshot before its keys: who wrote it, when, where its data stands in the
 * history of changes, and the functions. Owner thread only.
 */
public final class SnapshotHead {
    private final Clock clock;
    private final Store store;
    private final SaveHost host;

    SnapshotHead(Clock clock, Store store, SaveHost host) {
        this.clock = clock;
        this.store = store;
        this.host = host;
    }

    /** Writes it for a file or a replica. */
    public void write(RdbOutput out) {
        writeFields(out, false);
        host.libraries().write(out);
    }

    /** Writes it for the base of an append-only file. */
    public void writeForAof(RdbOutput out) {
        writeFields(out, true);
        host.libraries().write(out);
    }

    /** Writes it for a replica that wants the functions and nothing else, or nothing at all. */
    public void writeWithoutLibraries(RdbOutput out) {
        writeFields(out, false);
    }

    private void writeFields(RdbOutput out, boolean aofBase) {
        field(out, "valkey-ver", host.version());
        field(out, "redis-bits", 64);
        field(out, "ctime", clock.unixMillis() / 1000);
        field(out, "used-mem", store.usedBytes());
        StreamPosition position = host.position().now();
        if (position != null) {
            field(out, "repl-stream-db", position.database());
            field(out, "repl-id", position.id());
            field(out, "repl-offset", position.offset());
        }
        field(out, "aof-base", aofBase ? 1 : 0);
    }

    private static void field(RdbOutput out, String name, String value) {
        out.writeByte(RdbFormat.OPCODE_AUX);
        out.writeString(name.getBytes(StandardCharsets.ISO_8859_1));
        out.writeString(value.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void field(RdbOutput out, String name, long value) {
        out.writeByte(RdbFormat.OPCODE_AUX);
        out.writeString(name.getBytes(StandardCharsets.ISO_8859_1));
        out.writeIntegerString(value);
    }
}
