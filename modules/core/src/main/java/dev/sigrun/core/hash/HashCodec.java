// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.element.ElementWalk;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.DictWalk;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.memory.pack.Listpack;
import dev.sigrun.memory.pack.Ziplist;
import dev.sigrun.memory.pack.Zipmap;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.NativeCodec;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import dev.sigrun.spi.type.ValueWalk;

/**
 * The layouts of hashes in files: pairs one by one (4) and the same with times (22), which large
 * hashes are written in; a listpack (16), which small ones are; and, only read, a zipmap (9) and a
 * ziplist (13). Owner thread only.
 */
final class HashCodec implements NativeCodec<Cell> {
    private static final int PAIRS = 4;
    private static final int ZIPMAP = 9;
    private static final int ZIPLIST = 13;
    private static final int LISTPACK = 16;
    private static final int TIMED_PAIRS = 22;

    /** The first version of files that knows of times of fields. */
    private static final int TIMED_VERSION_MIN = 80;

    private final CoreMemory memory;
    private final Dict dict;
    private final HashLimits limits;
    private final HashValue hash;
    private final Ziplist ziplist = new Ziplist();
    private final Zipmap zipmap = new Zipmap();
    private final Item field = new Item();
    private final Item value = new Item();

    HashCodec(CoreMemory memory, Dict dict, HashLimits limits) {
        this.memory = memory;
        this.dict = dict;
        this.limits = limits;
        this.hash = new HashValue(memory, dict);
    }

    @Override
    public int[] layoutsRead() {
        return new int[] {PAIRS, ZIPMAP, ZIPLIST, LISTPACK, TIMED_PAIRS};
    }

    @Override
    public int layoutWritten(ValueContext context, Cell cell, int rdbVersion) {
        hash.over(cell, Long.MIN_VALUE);
        if (!hash.isLarge()) {
            return LISTPACK;
        }
        if (!hash.hasTimes()) {
            return PAIRS;
        }
        return rdbVersion >= TIMED_VERSION_MIN ? TIMED_PAIRS : NONE;
    }

    @Override
    public void encode(ValueContext context, Cell cell, int layout, NativeOutput out) {
        hash.over(cell, Long.MIN_VALUE);
        if (layout == LISTPACK) {
            encodeListpack(out);
            return;
        }
        out.writeLength(hash.length());
        hash.begin();
        for (long at = hash.next(); at != 0; at = hash.next()) {
            ElementWalk.write(out, at);
            ElementWalk.write(out, hash.value());
            if (layout == TIMED_PAIRS) {
                out.writeLong(Element.expiryMillis(hash.value()));
            }
        }
    }

    @Override
    public ValueWalk walk(ValueContext context, Cell cell, int layout, NativeOutput out) {
        if (layout == LISTPACK) {
            return null;
        }
        hash.over(cell, Long.MIN_VALUE);
        out.writeLength(hash.length());
        return new ElementWalk(
                new DictWalk(
                        dict,
                        () -> HashValue.root(cell),
                        position -> writePair(out, position, layout)));
    }

    private void writePair(NativeOutput out, long position, int layout) {
        long content = dict.value(position);
        ElementWalk.write(out, position);
        ElementWalk.write(out, content);
        if (layout == TIMED_PAIRS) {
            out.writeLong(Element.expiryMillis(content));
        }
    }

    private void encodeListpack(NativeOutput out) {
        long bytes = Listpack.EMPTY_BYTES;
        hash.begin();
        for (long at = hash.next(); at != 0; at = hash.next()) {
            bytes += entryBytes(at) + entryBytes(hash.value());
        }
        long lp = memory.allocate(bytes);
        try {
            Listpack.create(lp);
            hash.begin();
            for (long at = hash.next(); at != 0; at = hash.next()) {
                append(lp, at);
                append(lp, hash.value());
            }
            out.writeString(lp, Listpack.bytes(lp));
        } finally {
            memory.free(lp, bytes);
        }
    }

    private static long entryBytes(long element) {
        return Element.isInteger(element)
                ? Listpack.entryBytes(Element.integer(element))
                : Listpack.entryBytes(Element.address(element), Element.length(element));
    }

    private static void append(long lp, long element) {
        if (Element.isInteger(element)) {
            Listpack.append(lp, Element.integer(element));
        } else {
            Listpack.append(lp, Element.address(element), Element.length(element));
        }
    }

    @Override
    public Cell decode(ValueContext context, int layout, NativeInput in) throws RdbException {
        Cell cell = context.newCell(HashValue.EMPTY_BYTES);
        HashValue.create(cell);
        hash.over(cell, Long.MIN_VALUE);
        boolean done = false;
        try {
            switch (layout) {
                case PAIRS, TIMED_PAIRS -> readPairs(in, layout == TIMED_PAIRS);
                case ZIPMAP -> readZipmap(in.readString());
                case ZIPLIST -> readZiplist(in.readString());
                default -> readListpack(in.readString());
            }
            done = true;
        } finally {
            if (!done && hash.isLarge()) {
                dict.free(hash.root());
            }
        }
        if (hash.length() > 0) {
            return cell;
        }
        if (hash.isLarge()) {
            dict.free(hash.root());
        }
        return null;
    }

    @Override
    public boolean isReadInParts(int layout) {
        return layout == PAIRS || layout == TIMED_PAIRS;
    }

    @Override
    public void decodeMore(ValueContext context, Cell cell, int layout, NativeInput in)
            throws RdbException {
        hash.over(cell, Long.MIN_VALUE);
        readPairs(in, layout == TIMED_PAIRS);
    }

    private static void require(boolean sound) throws RdbException {
        if (!sound) {
            throw RdbException.corrupt("Hash integrity check failed.");
        }
    }

    /** Puts the pair at hand; a field comes only once. */
    private void put() throws RdbException {
        require(hash.put(field, value));
    }

    private void enlargeFor(long fields) {
        if (!limits.allowsCount(fields)) {
            hash.enlarge();
        }
    }

    private void enlargeForLengths() {
        if (!limits.allowsLength(field.length()) || !limits.allowsLength(value.length())) {
            hash.enlarge();
        }
    }

    private void readPairs(NativeInput in, boolean timed) throws RdbException {
        long fields = in.readCount(timed ? 2 + Long.BYTES : 2);
        if (timed && fields > 0) {
            hash.enlarge();
        }
        enlargeFor(hash.length() + fields);
        for (long left = fields; left > 0; left--) {
            // What is lent is lent until the next part is read, so the field is kept.
            Bytes name = in.readString();
            int length = name.length();
            int bytes = Math.max(1, length);
            long kept = memory.allocate(bytes);
            try {
                Memory.copy(name.address(), kept, length);
                readPair(in, kept, length, timed);
            } finally {
                memory.free(kept, bytes);
            }
        }
    }

    private void readPair(NativeInput in, long name, int length, boolean timed)
            throws RdbException {
        field.bytes(name, length);
        Bytes content = in.readString();
        value.bytes(content.address(), content.length());
        if (timed) {
            long unixMillis = in.readLong();
            require(unixMillis >= Element.NO_EXPIRY);
            value.expiryMillis(unixMillis);
        }
        enlargeForLengths();
        put();
    }

    private void readZipmap(Bytes content) throws RdbException {
        if (!zipmap.open(content.address(), content.length())) {
            throw RdbException.corrupt("Zipmap integrity check failed.");
        }
        enlargeFor(zipmap.count());
        while (zipmap.next()) {
            field.bytes(zipmap.nameAddress(), zipmap.nameLength());
            value.bytes(zipmap.valueAddress(), zipmap.valueLength());
            enlargeForLengths();
            put();
        }
    }

    private void readZiplist(Bytes content) throws RdbException {
        require(ziplist.open(content.address(), content.length()));
        require(ziplist.count() % 2 == 0);
        enlargeFor(ziplist.count() / 2);
        while (ziplist.next()) {
            take(field);
            require(ziplist.next());
            take(value);
            put();
        }
    }

    private void take(Item item) {
        if (ziplist.isInteger()) {
            item.integer(ziplist.integer());
        } else {
            item.bytes(ziplist.stringAddress(), ziplist.stringLength());
        }
    }

    private void readListpack(Bytes content) throws RdbException {
        long lp = content.address();
        require(Listpack.validate(lp, content.length(), true));
        long count = Listpack.count(lp);
        require(count % 2 == 0);
        enlargeFor(count / 2);
        long at = Listpack.first(lp);
        while (at != 0) {
            take(field, at);
            at = Listpack.next(at);
            take(value, at);
            at = Listpack.next(at);
            put();
        }
    }

    private static void take(Item item, long entry) {
        if (Listpack.isInteger(entry)) {
            item.integer(Listpack.integer(entry));
        } else {
            item.bytes(Listpack.stringAddress(entry), Listpack.stringLength(entry));
        }
    }
}
