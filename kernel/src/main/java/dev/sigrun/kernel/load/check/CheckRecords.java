// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.load.read.KeyText;
import dev.sigrun.kernel.load.read.LayoutNames;
import dev.sigrun.kernel.load.read.Layouts;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.load.read.Records;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.store.Arrivals;
import dev.sigrun.kernel.store.Database;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.MemoryExhausted;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Decodes each value as loading does, looks at it, and frees it. */
final class CheckRecords implements Records, AutoCloseable {
    private final Store store;
    private final Database database;
    private final Arrivals arrivals;
    private final RdbInput decoder = new RdbInput();
    private final Slice lent = new Slice();
    private final ElementSizes sizes = new ElementSizes();
    private final Window in;
    private final SnapshotCheck.Libraries libraries;
    private final CheckNotes notes;
    private final Verdict verdict;
    private final Profile profile;
    private byte[] key;
    private boolean readsKey;
    private int version;

    CheckRecords(
            Store store,
            Window in,
            SnapshotCheck.Libraries libraries,
            CheckNotes notes,
            Verdict verdict,
            Profile profile) {
        this.store = store;
        this.database = store.database(0);
        this.arrivals = new Arrivals(store);
        this.in = in;
        this.libraries = libraries;
        this.notes = notes;
        this.verdict = verdict;
        this.profile = profile;
    }

    /** Whether a key, or a value after its key, is or was at the end being read. */
    boolean readsKey() {
        return readsKey;
    }

    int version() {
        return version;
    }

    @Override
    public void version(int known) {
        version = known;
        if (known > RdbFormat.VERSION) {
            notes.say(in.offset(), "Future RDB version " + known + " detected");
        } else if (RdbFormat.isForeignVersion(known)) {
            notes.say(in.offset(), "Foreign RDB version " + known + " detected");
        }
    }

    @Override
    public void database(int db) {
        notes.say(in.offset(), "Selecting DB ID " + db);
    }

    @Override
    public void key(int layout, int db, long expiryMillis, long access)
            throws LoadException, RdbException {
        if (!RdbFormat.isObjectType(layout)) {
            throw LoadException.corrupt(
                    version > RdbFormat.VERSION
                            ? "Unknown object type "
                                    + layout
                                    + " in RDB file with future version "
                                    + version
                            : "Invalid object type: " + layout);
        }
        readsKey = true;
        in.keep();
        in.skipString();
        key = decoder.wrap(in.keptAddress(), in.keptLength()).readString().copy();
        in.release();
        boolean expires = expiryMillis != -1;
        boolean isExpired = expires && expiryMillis < store.nowMillis();
        TypeProfile type = profile == null ? null : profile.of(db, LayoutNames.type(layout));
        verdict.key(expires, isExpired);
        if (type != null) {
            type.key(key.length, expires, isExpired);
        }
        in.keep();
        Layouts.skip(in, layout);
        try {
            value(layout, in.keptAddress(), in.keptLength(), type);
        } catch (MemoryExhausted e) {
            throw new LoadException(Kind.MEMORY, "No memory is left: " + e.getMessage());
        }
        in.release();
        forgetKey();
    }

    private void value(int layout, long bytes, long length, TypeProfile type) throws RdbException {
        if (layout == RdbFormat.TYPE_STRING) {
            Bytes content = decoder.wrap(bytes, length).readString();
            if (type != null) {
                type.element(content.length());
                type.elements(1);
            }
        } else if (layout == RdbFormat.TYPE_MODULE_2 && isAbsent(bytes, length)) {
            verdict.absent();
            if (type != null) {
                type.elements(1);
            }
        } else {
            decode(layout, bytes, length, type);
        }
    }

    private boolean isAbsent(long bytes, long length) throws RdbException {
        String wireName = ModuleId.name(decoder.wrap(bytes, length).peekModuleId());
        return store.types().reader(wireName) == null;
    }

    private void decode(int layout, long bytes, long length, TypeProfile type) throws RdbException {
        try (Arena arena = Arena.ofConfined()) {
            long name = arena.allocate(Math.max(key.length, 1)).address();
            Memory.copy(key, 0, name, key.length);
            long hash = store.hash(name, key.length);
            boolean added =
                    arrivals.addValue(
                            database, hash, name, key.length, layout, bytes, length, false, -1, 0);
            if (!added) {
                verdict.empty();
                return;
            }
            long entry = database.find(hash, name, key.length);
            if (type != null) {
                measure(layout, hash, name, entry, type);
            }
            arrivals.remove(database, hash, entry);
        }
    }

    private void measure(int layout, long hash, long name, long entry, TypeProfile type) {
        if (layout == RdbFormat.TYPE_MODULE_2) {
            type.elements(1);
            return;
        }
        sizes.begin(type);
        arrivals.retell(database, hash, name, key.length, entry, sizes);
        sizes.end();
    }

    @Override
    public void field(byte[] name, byte[] value) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        if (text.toLowerCase(Locale.ROOT).equals("lua")) {
            verdict.script();
        }
        notes.say(in.offset(), "AUX FIELD " + KeyText.of(name) + " = '" + KeyText.of(value) + "'");
    }

    @Override
    public void library(byte[] code) throws RdbException {
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(Math.max(code.length, 1)).address();
            Memory.copy(code, 0, address, code.length);
            libraries.load(lent.wrap(address, code.length));
        }
        verdict.library();
    }

    @Override
    public void pluginData(long address, long length) {
        try {
            long id = decoder.wrap(address, length).peekModuleId();
            notes.say(in.offset(), "MODULE AUX for: " + ModuleId.name(id));
        } catch (RdbException e) {
            throw new IllegalStateException("the data was passed over before", e);
        }
    }

    /** Ranges of slots have been looked at by who read them. */
    @Override
    public void slotImport(byte[] job, byte[] ranges) {}

    @Override
    public void forgetKey() {
        key = null;
        readsKey = false;
    }

    @Override
    public String keyText() {
        return key == null ? null : KeyText.of(key);
    }

    @Override
    public void close() {
        arrivals.close();
        decoder.close();
    }
}
