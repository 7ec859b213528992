// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.rdb.DumpPayload;
import dev.sigrun.kernel.rdb.ModuleId;
import dev.sigrun.kernel.rdb.ModuleValueCodec;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.rdb.StringCodec;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Values in the form of {@code DUMP}, both ways. Owner thread only. */
final class Payloads {
    private static final Logger LOG = LoggerFactory.getLogger(Payloads.class);
    private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

    private Payloads() {}

    static byte[] dump(StoredKey key, long entry) {
        RdbOutput out = RdbOutput.keeping(BYTES_MAX, true);
        write(key, entry, out);
        DumpPayload.seal(out, RdbFormat.VERSION);
        return out.copy();
    }

    /** Number of bytes of the value in a file, without type and footer. */
    static long serializedLength(StoredKey key, long entry) {
        RdbOutput out = RdbOutput.keeping(BYTES_MAX, true);
        write(key, entry, out);
        return out.size() - 1L;
    }

    private static void write(StoredKey key, long entry, RdbOutput out) {
        int kind = Entry.kind(entry);
        if (!Entry.isString(kind)) {
            try {
                writeObject(key, entry, out);
            } catch (RdbException e) {
                throw new IllegalStateException("a value in memory could not be encoded", e);
            }
            return;
        }
        out.writeByte(RdbFormat.TYPE_STRING);
        if (Entry.isInteger(kind)) {
            StringCodec.write(out, Entry.integer(entry));
        } else {
            StringCodec.write(out, Entry.bytesAddress(entry), Entry.bytesLength(entry));
        }
    }

    private static void writeObject(StoredKey key, long entry, RdbOutput out) throws RdbException {
        StoredType stored = key.typeAt(entry);
        TypeSpec<Object> spec = stored.type().spec();
        Object value = key.valueAt(entry);
        ValueContext context = key.store().context(stored, key.name(), key.dbIndex());
        NativeCodec<Object> own = spec.nativeCodec();
        if (own == null) {
            out.writeByte(RdbFormat.TYPE_MODULE_2);
            ModuleValueCodec.write(out, spec.codecs().get(0), context, value);
        } else {
            int layout = own.layoutWritten(context, value, RdbFormat.VERSION);
            out.writeByte(layout);
            own.encode(context, value, layout, out);
        }
    }

    /** Makes the key hold what a payload holds, once all of it has been decoded. */
    static void restore(StoredKey key, Bytes payload) throws RdbException {
        try {
            decode(key, payload, true);
        } catch (RdbException e) {
            // The client learns that it is wrong, and who keeps the server why.
            LOG.debug("Internal error in RDB reading -> {}", e.getMessage());
            throw e;
        }
    }

    /** Decodes a payload and drops what comes of it. */
    static void check(StoredKey key, Bytes payload) throws RdbException {
        decode(key, payload, false);
    }

    /** As in Valkey, bytes behind the value do no harm; the checksum covers them. */
    private static void decode(StoredKey key, Bytes payload, boolean keep) throws RdbException {
        Store store = key.store();
        DumpPayload dump =
                DumpPayload.verify(
                        payload.address(),
                        payload.length(),
                        store.hasStrictVersions(),
                        store.verifiesChecksums());
        int type = dump.type();
        try (RdbInput in = new RdbInput()) {
            in.wrap(dump.bodyAddress(), dump.bodyLength());
            if (type == RdbFormat.TYPE_STRING) {
                Bytes content = StringCodec.read(in);
                if (keep) {
                    key.setString(content, false);
                }
            } else if (type == RdbFormat.TYPE_MODULE_2) {
                decodeObject(key, in, keep);
            } else {
                decodeNative(key, type, in, keep);
            }
        } finally {
            store.releaseCell();
        }
    }

    private static void decodeNative(StoredKey key, int layout, RdbInput in, boolean keep)
            throws RdbException {
        Store store = key.store();
        StoredType stored = store.types().nativeReader(layout);
        if (stored == null) {
            throw new RdbException(
                    RdbException.Reason.UNKNOWN_TYPE, "No type here reads RDB type " + layout);
        }
        ValueContext context = store.context(stored, key.name(), key.dbIndex());
        Object value = stored.type().spec().nativeCodec().decode(context, layout, in);
        if (value == null) {
            throw RdbException.corrupt("The payload holds a value without elements.");
        }
        use(key, stored, value, keep);
    }

    private static void decodeObject(StoredKey key, RdbInput in, boolean keep) throws RdbException {
        Store store = key.store();
        String wireName = ModuleId.name(in.peekModuleId());
        StoredTypes.Reader reader = store.types().reader(wireName);
        if (reader == null) {
            throw new RdbException(
                    RdbException.Reason.UNKNOWN_TYPE, "No plugin here reads '" + wireName + "'");
        }
        StoredType stored = reader.type();
        Object value =
                ModuleValueCodec.read(
                        in,
                        stored.type(),
                        reader.codec(),
                        store.context(stored, key.name(), key.dbIndex()));
        use(key, stored, value, keep);
    }

    private static void use(StoredKey key, StoredType stored, Object value, boolean keep) {
        if (keep) {
            key.setObject(stored, value);
        } else {
            stored.type().free(key.store().context(stored), value);
        }
    }
}
