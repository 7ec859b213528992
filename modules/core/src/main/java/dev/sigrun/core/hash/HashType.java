// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.core.CoreMemory;
import dev.sigrun.core.View;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.dict.Dict;
import dev.sigrun.memory.dict.Element;
import dev.sigrun.memory.dict.Item;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.NotifyClass;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.ElementExpiry;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import java.util.ArrayList;
import java.util.List;

/** The type of hashes. Owner thread only. */
final class HashType implements DataType<Cell> {
    /** Valkey's number of the type. */
    private static final int NUMBER = 4;

    /** Pairs in one command of a rewritten file, as Valkey groups them. */
    private static final int PAIRS_PER_COMMAND = 64;

    private static final long ALL = Long.MIN_VALUE;

    private final Dict dict;
    private final HashValue hash;
    private final TypeSpec<Cell> spec;
    private final View text = new View();
    private final Item expired = new Item();

    HashType(CoreMemory memory, Dict dict, HashLimits limits) {
        this.dict = dict;
        this.hash = new HashValue(memory, dict);
        this.spec =
                TypeSpec.type("hash", Cell.class)
                        .snapshot(SnapshotMode.INLINE)
                        .nativeType(NUMBER, new HashCodec(memory, dict, limits))
                        .build();
    }

    @Override
    public TypeSpec<Cell> spec() {
        return spec;
    }

    @Override
    public String encoding(Cell cell) {
        return HashValue.isLarge(cell) ? "hashtable" : "listpack";
    }

    @Override
    public long memoryUsage(ValueContext context, Cell cell, int samples) {
        hash.over(cell, ALL);
        return hash.isLarge() ? dict.memoryBytes(hash.root()) : 0;
    }

    @Override
    public long freeEffort(ValueContext context, Cell cell) {
        hash.over(cell, ALL);
        return hash.isLarge() ? hash.length() : 1;
    }

    @Override
    public void free(ValueContext context, Cell cell) {
        hash.over(cell, ALL);
        if (hash.isLarge()) {
            dict.free(hash.root());
        }
    }

    @Override
    public boolean freeSome(ValueContext context, Cell cell, int steps) {
        hash.over(cell, ALL);
        return !hash.isLarge() || dict.freeSome(hash.root(), steps);
    }

    @Override
    public Cell copy(ValueContext context, Cell cell) {
        hash.over(cell, ALL);
        Cell copy = context.newCell(cell.length());
        Memory.copy(cell.address(), copy.address(), cell.length());
        if (hash.isLarge()) {
            dict.copy(hash.root(), copy.address() + 1);
        }
        return copy;
    }

    @Override
    public void digest(ValueContext context, Cell cell, Digest out) {
        hash.over(cell, ALL);
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            add(out, field);
            add(out, hash.value());
            out.endElement();
        }
    }

    private static void add(Digest out, long element) {
        if (Element.isInteger(element)) {
            out.add(Element.integer(element));
        } else {
            out.add(Element.address(element), Element.length(element));
        }
    }

    @Override
    public void rewrite(ValueContext context, Cell cell, CommandEmitter out) {
        hash.over(cell, ALL);
        long plain = hash.length();
        if (hash.hasTimes()) {
            plain -= dict.timed(hash.root());
            rewriteTimed(out);
        }
        int room = 0;
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            if (Element.isTimed(hash.value())) {
                continue;
            }
            if (room == 0) {
                room = (int) Math.min(plain, PAIRS_PER_COMMAND);
                out.command("HMSET", 1 + 2 * room).key();
            }
            emit(out, field);
            emit(out, hash.value());
            plain--;
            room--;
        }
    }

    private void rewriteTimed(CommandEmitter out) {
        hash.begin();
        for (long field = hash.next(); field != 0; field = hash.next()) {
            long value = hash.value();
            if (Element.isTimed(value)) {
                out.command("HSETEX", 7).key().arg("PXAT").arg(Element.expiryMillis(value));
                out.arg("FIELDS").arg(1);
                emit(out, field);
                emit(out, value);
            }
        }
    }

    private void emit(CommandEmitter out, long element) {
        if (Element.isInteger(element)) {
            out.arg(Element.integer(element));
        } else {
            out.arg(text.over(Element.address(element), Element.length(element)));
        }
    }

    @Override
    public boolean hasExpiringElements(ValueContext context, Cell cell) {
        return hash.over(cell, ALL).hasTimes();
    }

    @Override
    public int expireElements(ValueContext context, Cell cell, ElementExpiry visit) {
        hash.over(cell, ALL);
        long root = hash.root();
        List<byte[]> removed = new ArrayList<>();
        long cursor = 0;
        while (removed.size() < visit.elementsMax()) {
            // A field ends after its time, not at it.
            long position = dict.nextExpired(root, cursor, visit.nowMillis() - 1);
            if (position == 0) {
                break;
            }
            cursor = dict.cursor(position);
            expired.element(position);
            removed.add(content(position));
            dict.remove(root, expired);
        }
        if (!removed.isEmpty()) {
            finish(visit, removed);
        }
        return removed.size();
    }

    private void finish(ElementExpiry visit, List<byte[]> removed) {
        CommandEmitter effect =
                visit.effect().command("HDEL", 1 + removed.size()).arg(visit.key().name());
        removed.forEach(effect::arg);
        Key key = visit.key();
        key.markModified();
        key.elementsExpire(hash.hasTimes());
        key.notify(NotifyClass.HASH, "hexpired");
        if (hash.length() == 0) {
            key.remove(true);
            key.notify(NotifyClass.GENERIC, "del");
        }
    }

    private byte[] content(long element) {
        return Element.isInteger(element)
                ? Long.toString(Element.integer(element))
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)
                : text.over(Element.address(element), Element.length(element)).copy();
    }
}
