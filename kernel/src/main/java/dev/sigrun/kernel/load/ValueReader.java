// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.KeyText;
import dev.sigrun.kernel.load.read.Layouts;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.load.read.StreamItems;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.kernel.store.ReadyEntry;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;
import java.lang.foreign.Arena;

/**
 * Makes records of keys and their values: short strings become entries, long ones and long
 * collections come in parts, everything else as the input has it. Confined to the thread that
 * reads.
 */
@SuppressWarnings("MustBeClosedChecker") // close() closes it.
final class ValueReader implements AutoCloseable {
    private static final int KEY_BYTES = 4096;
    private static final int STRING_PART_BYTES = 128 << 10;
    private static final int PART_BYTES = 16 << 10;

    /** Room for so many elements that a value which is chosen a form by their number gets it. */
    private static final int FIRST_PART_BYTES = 256 << 10;

    private static final int PART_ELEMENTS = 1024;

    /** The time of a field that has none. */
    private static final long NO_EXPIRY = -1;

    /** A length in its longest form, so that it can be written once it is known. */
    private static final int COUNT_BYTES = 1 + Long.BYTES;

    private final LoadPlan plan;
    private final LoadLimits limits;
    private final Window in;
    private final RdbInput decoder;
    private final BatchWriter out;
    private final StreamItems items = new StreamItems();
    private Arena keyArena = Arena.ofConfined();
    private long keyRoom = KEY_BYTES;
    private long key = keyArena.allocate(KEY_BYTES).address();
    private int keyLength = -1;

    private int db;
    private long hash;
    private long expiry;
    private long access;

    ValueReader(LoadPlan plan, LoadLimits limits, Window in, RdbInput decoder, BatchWriter out) {
        this.plan = plan;
        this.limits = limits;
        this.in = in;
        this.decoder = decoder;
        this.out = out;
    }

    /** The key at hand, shortened, for the log; null when there is none. */
    String keyText() {
        return keyLength < 0 ? null : KeyText.of(key, keyLength);
    }

    void forgetKey() {
        keyLength = -1;
    }

    /** Reads a key and its value. */
    void read(int layout, int toDb, long expiryMillis, long accessed)
            throws LoadException, RdbException {
        forgetKey();
        db = toDb;
        expiry = expiryMillis;
        access = accessed;
        readKey();
        if (!RdbFormat.isObjectType(layout)) {
            throw new LoadException(
                    Kind.CORRUPT,
                    "Unknown type or opcode when loading DB. Unrecoverable error, aborting now."
                            + " Unknown RDB encoding type "
                            + layout);
        }
        if (expiry != -1
                && expiry < limits.nowMillis()
                && plan.expired() == LoadPlan.Expired.DROP) {
            Layouts.skip(in, layout);
            keyed(Batch.EXPIRED, layout, 0);
        } else if (layout == RdbFormat.TYPE_STRING) {
            readString();
        } else if (limits.readInParts()[layout]) {
            readParts(layout);
        } else {
            readWhole(layout);
        }
        out.keyEnds();
    }

    private void readKey() throws LoadException, RdbException {
        int first = in.peekByte();
        if (first < 0xc0) {
            long length = in.readLength();
            if (length < 0 || length > Integer.MAX_VALUE) {
                throw Window.ended();
            }
            in.require(length);
            takeKey(in.address(), (int) length);
            in.skip(length);
        } else {
            in.keep();
            in.skipString();
            Bytes name = decoder.wrap(in.keptAddress(), in.keptLength()).readString();
            takeKey(name.address(), name.length());
            in.release();
        }
    }

    private void takeKey(long bytes, int length) {
        if (length > keyRoom) {
            keyArena.close();
            keyArena = Arena.ofConfined();
            key = keyArena.allocate(length).address();
            keyRoom = length;
        }
        Memory.copy(bytes, key, length);
        keyLength = length;
        hash = limits.hash(key, length);
    }

    /** Adds a record that begins with the key; the bytes behind it are in place. */
    private void keyed(int kind, int layout, int length) throws LoadException {
        long at = out.reserve(keyLength + (long) length);
        Memory.copy(key, at, keyLength);
        finish(out.add(kind, layout, keyLength, length), 0);
    }

    private void finish(int record, long total) {
        Batch batch = out.batch();
        batch.db[record] = db;
        batch.hash[record] = hash;
        batch.expiry[record] = expiry;
        batch.access[record] = access;
        batch.total[record] = total;
    }

    // ---- strings ----

    private void readString() throws LoadException, RdbException {
        if (in.peekByte() < 0xc0) {
            long length = in.readLength();
            if (length < 0 || length > Integer.MAX_VALUE - 64) {
                throw Window.ended();
            }
            if (ReadyEntry.isPossible(length)) {
                in.require(length);
                ready(in.address(), (int) length);
                in.skip(length);
            } else {
                readLongString((int) length);
            }
            return;
        }
        in.keep();
        in.skipString();
        Bytes value = decoder.wrap(in.keptAddress(), in.keptLength()).readString();
        in.release();
        if (ReadyEntry.isPossible(value.length())) {
            ready(value.address(), value.length());
        } else {
            passLongString(value.address(), value.length());
        }
    }

    private void ready(long value, int length) throws LoadException {
        long at = out.reserve(ReadyEntry.bytesMax(keyLength, length));
        int size = ReadyEntry.write(at, expiry, key, keyLength, value, length);
        finish(out.add(Batch.READY, 0, 0, size), 0);
    }

    private void readLongString(int length) throws LoadException {
        if (length > in.remainingMax()) {
            throw Window.ended();
        }
        for (int done = 0; done < length; ) {
            int part = Math.min(STRING_PART_BYTES, length - done);
            in.require(part);
            stringPart(in.address(), part, done, length);
            in.skip(part);
            done += part;
        }
    }

    private void passLongString(long bytes, int length) throws LoadException {
        for (int done = 0; done < length; ) {
            int part = Math.min(STRING_PART_BYTES, length - done);
            stringPart(bytes + done, part, done, length);
            done += part;
        }
    }

    private void stringPart(long bytes, int part, int done, int length) throws LoadException {
        long at = out.reserve(keyLength + (long) part);
        Memory.copy(key, at, keyLength);
        Memory.copy(bytes, at + keyLength, part);
        int kind = done == 0 ? Batch.FIRST_BYTES : Batch.NEXT_BYTES;
        finish(out.add(kind, 0, keyLength, part), length);
    }

    // ---- other values ----

    private void readWhole(int layout) throws LoadException {
        in.keep();
        Layouts.skip(in, layout);
        long length = in.keptLength();
        long at = out.reserve(keyLength + length);
        Memory.copy(key, at, keyLength);
        Memory.copy(in.keptAddress(), at + keyLength, length);
        in.release();
        finish(out.add(Batch.VALUE, layout, keyLength, (int) length), 0);
    }

    private void readParts(int layout) throws LoadException, RdbException {
        if (Layouts.isStream(layout)) {
            readItems(layout);
        } else {
            readRow(layout);
        }
    }

    /** A part says in {@code total} whether more come after it. */
    private void readItems(int layout) throws LoadException {
        items.begin(layout);
        int kind = Batch.FIRST_PART;
        boolean more = true;
        while (more) {
            in.keep();
            int passed = 0;
            while (more && passed < PART_ELEMENTS && in.keptLength() < PART_BYTES) {
                more = items.pass(in);
                passed++;
            }
            long length = in.keptLength();
            long at = out.reserve(keyLength + length);
            Memory.copy(key, at, keyLength);
            Memory.copy(in.keptAddress(), at + keyLength, length);
            in.release();
            finish(out.add(kind, layout, keyLength, (int) length), more ? 1 : 0);
            kind = Batch.NEXT_PART;
        }
    }

    private void readRow(int layout) throws LoadException, RdbException {
        long count = in.readLength();
        if (layout == RdbFormat.TYPE_HASH_2 && plan.expired() == LoadPlan.Expired.DROP) {
            readTimedFields(count);
            return;
        }
        long left = count;
        boolean first = true;
        do {
            in.keep();
            long elements = 0;
            long bytesMax = first && isCountTelling(layout) ? FIRST_PART_BYTES : PART_BYTES;
            while (elements != left && elements < PART_ELEMENTS && in.keptLength() < bytesMax) {
                Layouts.skipElement(in, layout);
                elements++;
            }
            left -= elements;
            part(first, layout, elements, in.keptLength(), left);
            in.release();
            first = false;
        } while (left != 0);
    }

    /** Reads the fields of a hash that have times, and leaves out those whose time is over. */
    private void readTimedFields(long count) throws LoadException, RdbException {
        long left = count;
        boolean first = true;
        boolean anyExpired = false;
        while (left != 0) {
            in.keep();
            long elements = 0;
            long length = 0;
            boolean expired = false;
            while (elements != left
                    && elements < PART_ELEMENTS
                    && length < PART_BYTES
                    && !expired) {
                expired = isFieldExpired();
                if (!expired) {
                    elements++;
                    length = in.keptLength();
                }
            }
            left -= elements;
            if (elements > 0) {
                part(first, RdbFormat.TYPE_HASH_2, elements, length, left);
                first = false;
            }
            if (expired) {
                expiredField(length);
                anyExpired = true;
                left--;
            }
            in.release();
        }
        if (first) {
            leftEmpty(anyExpired);
        }
    }

    /** Passes over a field with its value and time; whether that is over. */
    private boolean isFieldExpired() throws LoadException {
        in.skipString();
        in.skipString();
        long time = in.readLong();
        return time != NO_EXPIRY && time < limits.nowMillis();
    }

    /** Says that the field is left out that stands behind so many bytes of what is kept. */
    private void expiredField(long offset) throws LoadException, RdbException {
        long length = in.keptLength() - offset;
        Bytes name = decoder.wrap(in.keptAddress() + offset, length).readString();
        long at = out.reserve(keyLength + (long) name.length());
        Memory.copy(key, at, keyLength);
        Memory.copy(name.address(), at + keyLength, name.length());
        finish(out.add(Batch.EXPIRED_FIELD, RdbFormat.TYPE_HASH_2, keyLength, name.length()), 0);
    }

    private void leftEmpty(boolean byTime) throws LoadException {
        if (byTime) {
            keyed(Batch.EXPIRED_HASH, RdbFormat.TYPE_HASH_2, 0);
        } else {
            in.keep();
            part(true, RdbFormat.TYPE_HASH_2, 0, 0, 0);
            in.release();
        }
    }

    /** Whether types choose the form of a value by the number of elements. */
    private static boolean isCountTelling(int layout) {
        return layout != RdbFormat.TYPE_LIST_QUICKLIST && layout != RdbFormat.TYPE_LIST_QUICKLIST_2;
    }

    /** A part says in {@code total} how many elements come after it. */
    private void part(boolean first, int layout, long elements, long length, long left)
            throws LoadException {
        long at = out.reserve(keyLength + COUNT_BYTES + length);
        Memory.copy(key, at, keyLength);
        long count = at + keyLength;
        Memory.putByte(count, (byte) 0x81);
        Memory.putLong(count + 1, Long.reverseBytes(elements));
        Memory.copy(in.keptAddress(), count + COUNT_BYTES, length);
        int kind = first ? Batch.FIRST_PART : Batch.NEXT_PART;
        finish(out.add(kind, layout, keyLength, (int) (COUNT_BYTES + length)), left);
    }

    @Override
    public void close() {
        keyArena.close();
    }
}
