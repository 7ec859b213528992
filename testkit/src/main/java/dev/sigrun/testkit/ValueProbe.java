// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.rdb.DumpPayload;
import dev.sigrun.kernel.rdb.ModuleValueCodec;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.kernel.store.StoredKey;
import dev.sigrun.kernel.store.StoredType;
import dev.sigrun.kernel.store.StoredTypes;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.key.Access;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.Cell;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.ValueContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks at the value of a plugin's type through the SPI. Owner thread only. */
final class ValueProbe {
    private static final int OUTPUT_BYTES_MAX = 1 << 30;

    private final AdminContext context;
    private final Bytes name;
    private final String text;
    private final StoredType stored;

    /**
     * A probe at a key of database 0.
     *
     * @param layout a layout of the value's type, by its number or its name; null for strings
     */
    ValueProbe(AdminContext context, String key, String layout) {
        this.context = context;
        this.text = key;
        this.name = Bytes.constant(key);
        this.stored = layout == null ? null : find(context.store().types(), layout);
        if (layout != null && stored == null) {
            throw new AssertionError("no plugin here reads the layout " + layout);
        }
    }

    private static StoredType find(StoredTypes types, String layout) {
        if (layout.matches("[0-9]{1,3}")) {
            return types.nativeReader(Integer.parseInt(layout));
        }
        StoredTypes.Reader reader = types.reader(layout);
        return reader == null ? null : reader.type();
    }

    StoredKey key() {
        StoredKey key =
                context.dispatcher().execution().stored(0, name, Access.NO_TOUCH | Access.NO_STATS);
        if (!key.isPresent()) {
            throw new AssertionError("there is no key " + text);
        }
        return key;
    }

    DataType<Object> type() {
        return stored.type();
    }

    Object value() {
        try {
            return key().value(type());
        } catch (CommandException e) {
            throw new AssertionError("the key " + text + " holds another type", e);
        }
    }

    ValueContext values() {
        OffHeap memory = stored.memory();
        return new Values(name, memory);
    }

    private record Values(Bytes key, OffHeap memory) implements ValueContext {
        @Override
        public Cell newCell(int length) {
            throw new UnsupportedOperationException("nothing is decoded or copied here");
        }

        @Override
        public int db() {
            return 0;
        }

        @Override
        public boolean limitsApply() {
            return true;
        }
    }

    long memoryUsage() {
        return key().facts().memoryUsage(0);
    }

    /** Everything that makes the value equal to another one. */
    String digest() {
        ContentDigest digest = new ContentDigest();
        type().digest(values(), value(), digest);
        return digest.text();
    }

    /** Names of the layouts that can be written; none for a type with numbers of its own. */
    List<String> writableLayouts() {
        List<String> names = new ArrayList<>();
        for (RdbCodec<Object> codec : type().spec().codecs()) {
            if (codec.versionWritten() >= 0) {
                names.add(codec.wireName());
            }
        }
        return names;
    }

    /** The value as a payload in one of its layouts. */
    String dump(String layout) {
        RdbCodec<Object> codec = context.store().types().reader(layout).codec();
        RdbOutput out = begin();
        try {
            ModuleValueCodec.write(out, codec, values(), value());
        } catch (RdbException e) {
            throw new AssertionError("the value cannot be written as " + layout, e);
        }
        return end(out);
    }

    Frozen freeze() {
        return type().freeze(values(), value());
    }

    /** An image as a payload in the layout that is written. */
    String dump(Frozen image) {
        RdbOutput out = begin();
        try {
            ModuleValueCodec.write(out, type().spec().codecs().getFirst(), image);
        } catch (RdbException e) {
            throw new AssertionError("the image cannot be written", e);
        }
        return end(out);
    }

    private static RdbOutput begin() {
        RdbOutput out = RdbOutput.keeping(OUTPUT_BYTES_MAX, true);
        out.writeByte(RdbFormat.TYPE_MODULE_2);
        return out;
    }

    private static String end(RdbOutput out) {
        DumpPayload.seal(out, RdbFormat.VERSION);
        return new String(out.copy(), StandardCharsets.ISO_8859_1);
    }

    /** The commands that build the value again. */
    List<List<String>> rewrite() {
        CommandLines lines = new CommandLines(text);
        type().rewrite(values(), value(), lines);
        return lines.commands();
    }
}
