// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.rdb.ModuleValueCodec;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.rdb.StringCodec;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;

/** Writes keys with all that belongs to them as RDB files have them. Owner thread only. */
public final class SavedEntries {
    /** Steps of freeing from which on a value is written in steps: some hundred kilobytes. */
    private static final long EFFORT_OF_LARGE = 256;

    /** Strings from this length on are not copied on the owner. */
    private static final int LONG_STRING_BYTES = 64 * 1024;

    private final Store store;
    private final int version;
    private final boolean isLru;
    private final boolean isLfu;
    private final Slice name = new Slice();
    private final LooseCell cell;

    /**
     * Writes for one version of the format.
     *
     * @param evictsByUse whether the policy of eviction looks at when keys were used, so that it is
     *     worth being kept
     */
    public SavedEntries(Store store, int version, boolean evictsByUse) {
        this.store = store;
        this.version = version;
        this.isLru = evictsByUse && !store.accessClock().isLfu();
        this.isLfu = evictsByUse && store.accessClock().isLfu();
        this.cell = new LooseCell(store.allocator());
    }

    /** Address of an entry's name. */
    public long key(long entry) {
        return Entry.keyAddress(entry);
    }

    /** Length of an entry's name. */
    public int keyLength(long entry) {
        return Entry.keyLength(entry);
    }

    /** Why an entry cannot be written: the version has no layout for its type; null if it has. */
    public String problem(long entry) {
        int kind = Entry.kind(entry);
        if (Entry.isString(kind)) {
            return null;
        }
        StoredType stored = storedType(entry);
        if (layout(stored, entry) != NativeCodec.NONE) {
            return null;
        }
        return "the key '"
                + name.wrap(Entry.keyAddress(entry), Entry.keyLength(entry)).text()
                + "' is a "
                + stored.type().spec().name()
                + ", which RDB version "
                + version
                + " cannot hold";
    }

    /**
     * Writes an entry: its time to live, its use, its type, its name and its value.
     *
     * @throws RdbException when its codec gives up; the output is of no use then
     */
    public void write(RdbOutput out, int db, long entry) throws RdbException {
        begin(out, entry);
        int kind = Entry.kind(entry);
        if (Entry.isString(kind)) {
            out.writeByte(RdbFormat.TYPE_STRING);
            out.writeString(Entry.keyAddress(entry), Entry.keyLength(entry));
            if (Entry.isInteger(kind)) {
                StringCodec.write(out, Entry.integer(entry));
            } else {
                StringCodec.write(out, Entry.bytesAddress(entry), Entry.bytesLength(entry));
            }
            return;
        }
        StoredType stored = storedType(entry);
        int layout = layout(stored, entry);
        out.writeByte(layout);
        out.writeString(Entry.keyAddress(entry), Entry.keyLength(entry));
        writeObject(out, stored, layout, db, entry);
    }

    private void begin(RdbOutput out, long entry) {
        if (Entry.hasExpiry(entry)) {
            out.writeByte(RdbFormat.OPCODE_EXPIRE_TIME_MILLIS);
            out.writeLong(Entry.expiry(entry));
        }
        if (isLru) {
            out.writeByte(RdbFormat.OPCODE_IDLE);
            out.writeLength(store.accessClock().idleSeconds(Entry.clock(entry)));
        } else if (isLfu) {
            out.writeByte(RdbFormat.OPCODE_FREQ);
            out.writeByte(store.accessClock().frequency(Entry.clock(entry)));
        }
    }

    private void writeObject(RdbOutput out, StoredType stored, int layout, int db, long entry)
            throws RdbException {
        name.wrap(Entry.keyAddress(entry), Entry.keyLength(entry));
        TypeSpec<Object> spec = stored.type().spec();
        ValueContext context = store.context(stored, name, db);
        Object value = value(entry);
        if (spec.nativeCodec() == null) {
            ModuleValueCodec.write(out, spec.codecs().get(0), context, value);
        } else {
            spec.nativeCodec().encode(context, value, layout, out);
        }
    }

    /** Length of a string that is worth not being copied; 0 for any other value. */
    public int longString(long entry) {
        int length = Entry.kind(entry) == Entry.EXTERNAL ? Entry.bytesLength(entry) : 0;
        return length >= LONG_STRING_BYTES ? length : 0;
    }

    /**
     * Writes everything of a long string but its value, which may be read from any thread until
     * {@link Store#releaseString}.
     *
     * @return the address of the value
     */
    public long pinString(RdbOutput out, long entry) {
        begin(out, entry);
        out.writeByte(RdbFormat.TYPE_STRING);
        out.writeString(Entry.keyAddress(entry), Entry.keyLength(entry));
        long block = Entry.bytesAddress(entry);
        store.freeing().pins().pin(block);
        return block;
    }

    /** Whether a value is so large that it should be written in steps. */
    public boolean isLarge(long entry) {
        if (!Entry.isEmbedded(Entry.kind(entry))) {
            return false;
        }
        StoredType stored = storedType(entry);
        return stored.type().spec().nativeCodec() != null
                && stored.type().freeEffort(store.context(stored), value(entry)) >= EFFORT_OF_LARGE;
    }

    /**
     * Begins to write a large entry in steps.
     *
     * @return what is left to be done; null when all of it has been written
     * @throws RdbException when its codec gives up; the output is of no use then
     */
    public LargeEntry beginLarge(RdbOutput out, int db, long entry) throws RdbException {
        StoredType stored = storedType(entry);
        begin(out, entry);
        int layout = layout(stored, entry);
        out.writeByte(layout);
        out.writeString(Entry.keyAddress(entry), Entry.keyLength(entry));
        WalkedValue value = new WalkedValue(store, stored, entry);
        ValueWalk walk =
                stored.type()
                        .spec()
                        .nativeCodec()
                        .walk(store.context(stored, null, db), value.cell(), layout, out);
        if (walk == null) {
            writeObject(out, stored, layout, db, entry);
            return null;
        }
        store.freeing().begin(value);
        return new LargeEntry(value, walk);
    }

    /**
     * An entry that is being written in steps.
     *
     * @param value keeps the value
     * @param walk encodes it
     */
    public record LargeEntry(WalkedValue value, ValueWalk walk) {
        /** It is over, written or not. */
        public void end() {
            walk.close();
            value.end();
        }
    }

    private int layout(StoredType stored, long entry) {
        TypeSpec<Object> spec = stored.type().spec();
        if (spec.nativeCodec() == null) {
            return RdbFormat.TYPE_MODULE_2;
        }
        return spec.nativeCodec().layoutWritten(store.context(stored), value(entry), version);
    }

    private StoredType storedType(long entry) {
        boolean embedded = Entry.isEmbedded(Entry.kind(entry));
        return store.types().at(embedded ? Entry.embeddedType(entry) : Entry.objectType(entry));
    }

    private Object value(long entry) {
        return Entry.kind(entry) == Entry.OBJECT
                ? store.objects().get(Entry.objectSlot(entry))
                : cell.over(Entry.cellAddress(entry), Entry.cellLength(entry));
    }
}
