// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.TypeSpec;

/**
 * What {@code OBJECT}, {@code MEMORY USAGE} and {@code DEBUG} tell about one key. Owner thread
 * only; valid until the key changes.
 */
public final class KeyFacts {
    /** Valkey embeds a string while key, value, expiry and header fit in so many bytes. */
    private static final int EMBEDDED_BYTES_MAX = 128;

    /** What Valkey's own header and embedded lengths take of them. */
    private static final int EMBEDDED_HEADER_BYTES = 16 + 1 + 2 + 3 + 1;

    private final StoredKey key;
    private final long entry;

    KeyFacts(StoredKey key, long entry) {
        this.key = key;
        this.entry = entry;
    }

    /** What {@code OBJECT ENCODING} answers. */
    public String encoding() {
        return switch (Entry.kind(entry)) {
            case Entry.INTEGER, Entry.INTEGER_ODD -> "int";
            case Entry.INLINE -> isEmbedded() ? "embstr" : "raw";
            case Entry.INLINE_CHANGED, Entry.EXTERNAL -> "raw";
            default -> key.typeAt(entry).type().encoding(key.valueAt(entry));
        };
    }

    /** What the type of a plugin's value tells of it besides. */
    public String details(boolean fast) {
        if (!isObject()) {
            return "";
        }
        StoredType type = key.typeAt(entry);
        return type.type().details(context(type), key.valueAt(entry), fast);
    }

    private boolean isEmbedded() {
        long expiry = Entry.hasExpiry(entry) ? Long.BYTES : 0;
        return EMBEDDED_HEADER_BYTES + expiry + Entry.keyLength(entry) + Entry.bytesLength(entry)
                <= EMBEDDED_BYTES_MAX;
    }

    /**
     * Bytes that key and value take.
     *
     * @param samples how many elements of a large value are looked at; 0 for all
     */
    public long memoryUsage(int samples) {
        long bytes = Allocator.usableSize(Entry.size(entry));
        int kind = Entry.kind(entry);
        if (kind == Entry.EXTERNAL) {
            bytes += Allocator.usableSize(Memory.getInt(Entry.valueAddress(entry) + 12));
        } else if (isObject()) {
            if (kind == Entry.EMBEDDED_BLOCK) {
                bytes += Allocator.usableSize(blockCapacity());
            }
            StoredType type = key.typeAt(entry);
            bytes += type.type().memoryUsage(context(type), key.valueAt(entry), samples);
        }
        return bytes;
    }

    private StoreValueContext context(StoredType type) {
        return key.store().context(type, key.name(), key.dbIndex());
    }

    /** Seconds since the last access. */
    public long idleSeconds() {
        return key.store().accessClock().idleSeconds(Entry.clock(entry));
    }

    /** The raw bits of the access clock. */
    public int clock() {
        return Entry.clock(entry);
    }

    /** The access frequency, 0 to 255. */
    public int frequency() {
        return key.store().accessClock().frequency(Entry.clock(entry));
    }

    /** Bytes that the block of the entry itself takes: name, header and what is embedded. */
    public long entryBytes() {
        return Allocator.usableSize(Entry.size(entry));
    }

    /** Bytes that the block outside of the entry takes; 0 when there is none. */
    public long blockBytes() {
        return isExternal() ? Allocator.usableSize(blockCapacity()) : 0;
    }

    /** Bytes by which a string may grow before it moves. */
    public long spareBytes() {
        return isExternal() ? blockCapacity() - Entry.bytesLength(entry) : 0;
    }

    private boolean isExternal() {
        return Entry.kind(entry) == Entry.EXTERNAL;
    }

    private int blockCapacity() {
        return Memory.getInt(Entry.valueAddress(entry) + 12);
    }

    /** Whether the string is kept as a number. */
    public boolean isInteger() {
        return Entry.isInteger(Entry.kind(entry));
    }

    /** Address of the entry, for debugging. */
    public long address() {
        return entry;
    }

    /** Number of bytes of the value in a file. */
    public long serializedLength() {
        return Payloads.serializedLength(key, entry);
    }

    /** Whether the value is a plugin's. */
    public boolean isObject() {
        return !Entry.isString(Entry.kind(entry));
    }

    /** The plugin's value fed to a digest. */
    public void digestObject(Digest out) {
        StoredType type = key.typeAt(entry);
        type.type().digest(context(type), key.valueAt(entry), out);
    }

    /** Valkey's number of the value's type, which its digests contain; -1 for a module's. */
    public int nativeNumber() {
        return key.typeAt(entry).type().spec().nativeNumber();
    }

    /** Names of the layout that the value would be saved in; empty for one with a number. */
    public String wireName() {
        TypeSpec<Object> spec = key.typeAt(entry).type().spec();
        return spec.codecs().isEmpty() ? "" : spec.codecs().get(0).wireName();
    }
}
