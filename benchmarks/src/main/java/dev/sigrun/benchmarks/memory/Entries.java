// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.memory;

import dev.sigrun.memory.EntryLayout;
import dev.sigrun.memory.Memory;
import dev.sigrun.memory.SipHash;

/** Entries of nothing but a key of 16 bytes. */
final class Entries implements EntryLayout {
    static final int KEY = 16;

    private static final long K0 = 0x0706050403020100L;
    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    static long hashOf(long key) {
        return SipHash.hash12(key, KEY, K0, K1);
    }

    static void write(long address, long number) {
        Memory.putLong(address, number);
        Memory.putLong(address + 8, number * 0x9e3779b97f4a7c15L);
    }

    @Override
    public long hash(long entry) {
        return hashOf(entry);
    }

    @Override
    public boolean matches(long entry, long key, int keyLength) {
        return keyLength == KEY && Memory.equal(entry, key, KEY);
    }
}
