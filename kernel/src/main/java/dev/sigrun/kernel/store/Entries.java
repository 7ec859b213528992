// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;

/** Copies of entries under another name or with another expiry. Owner thread only. */
final class Entries {
    private Entries() {}

    /** The same key and value with another expiry; -1 for none. */
    static long copyWithExpiry(Allocator allocator, long old, long expiry) {
        Slice name = new Slice().wrap(Entry.keyAddress(old), Entry.keyLength(old));
        return copyUnderName(allocator, old, name, expiry);
    }

    /**
     * The same value under another name. What the value holds outside of the entry then belongs to
     * the copy, so the old entry must be freed without its value.
     */
    static long copyUnderName(Allocator allocator, long old, Bytes name, long expiry) {
        int kind = Entry.kind(old);
        int payload =
                switch (kind) {
                    case Entry.INTEGER, Entry.INTEGER_ODD -> Entry.integerCode(Entry.integer(old));
                    case Entry.INLINE, Entry.INLINE_CHANGED, Entry.EMBEDDED ->
                            Entry.bytesLength(old);
                    default -> 0;
                };
        long size = Entry.sizeFor(kind, expiry != -1, name.length(), payload);
        long fresh = allocator.allocate(size);
        long at =
                Entry.write(
                        fresh,
                        kind,
                        Entry.clock(old),
                        expiry,
                        name.address(),
                        name.length(),
                        payload);
        Memory.copy(Entry.valueAddress(old), at, fresh + size - at);
        return fresh;
    }
}
