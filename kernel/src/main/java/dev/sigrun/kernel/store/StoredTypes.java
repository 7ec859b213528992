// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Check;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbCodec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The types that plugins brought. Numbers are given in the order of registration and are never
 * written anywhere, so they may be used again after a plugin has gone. Owner thread only.
 */
public final class StoredTypes {
    /** Numbers of layouts that files can name. */
    public static final int LAYOUTS_MAX = 256;

    private final StoredType[] nativeReaders = new StoredType[LAYOUTS_MAX];
    private final List<StoredType> byId = new ArrayList<>();
    private final IdentityHashMap<DataType<?>, StoredType> byType = new IdentityHashMap<>();

    /**
     * Makes a type known.
     *
     * @param memory the off-heap memory of the type's plugin
     */
    public StoredType add(DataType<?> type, OffHeap memory) {
        int id = byId.indexOf(null);
        if (id < 0) {
            id = byId.size();
            byId.add(null);
        }
        Check.that(
                id <= Entry.EMBEDDED_TYPE_MAX || !type.spec().isEmbedded(),
                "the number of an embedded type fits in seven bits");
        StoredType stored = new StoredType(id, type, memory);
        byId.set(id, stored);
        byType.put(type, stored);
        if (type.spec().nativeCodec() != null) {
            for (int layout : type.spec().nativeCodec().layoutsRead()) {
                nativeReaders[layout] = stored;
            }
        }
        return stored;
    }

    /** Forgets a type that no value has. */
    public void remove(DataType<?> type) {
        StoredType stored = byType.remove(type);
        if (stored != null) {
            byId.set(stored.id(), null);
            for (int i = 0; i < nativeReaders.length; i++) {
                if (nativeReaders[i] == stored) {
                    nativeReaders[i] = null;
                }
            }
        }
    }

    /** What is known of a type, or null. */
    public StoredType find(DataType<?> type) {
        return byType.get(type);
    }

    /** The codec that reads a layout, with its type; null when nobody does. */
    public Reader reader(String wireName) {
        for (StoredType stored : byId) {
            if (stored != null) {
                for (RdbCodec<Object> codec : stored.type().spec().codecs()) {
                    if (codec.wireName().equals(wireName)) {
                        return new Reader(stored, codec);
                    }
                }
            }
        }
        return null;
    }

    /** The type that reads a layout with a number of its own; null when none does. */
    public StoredType nativeReader(int layout) {
        return layout >= 0 && layout < nativeReaders.length ? nativeReaders[layout] : null;
    }

    StoredType at(int id) {
        return byId.get(id);
    }

    /** A type and the codec of it that reads a layout. */
    public record Reader(StoredType type, RdbCodec<Object> codec) {}
}
