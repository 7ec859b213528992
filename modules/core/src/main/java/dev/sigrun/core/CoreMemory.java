// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core;

import dev.sigrun.memory.Blocks;
import dev.sigrun.spi.memory.OffHeap;

/**
 * The plugin's account with the kernel's memory, as the structures want it, and the secret key of
 * their hashes, which keeps clients from choosing collisions. Owner thread only.
 */
public final class CoreMemory implements Blocks {
    private final long hashKey0;
    private final long hashKey1;
    private OffHeap account;

    /** An account that {@link #open} opens; no value exists before. */
    public CoreMemory(long hashKey0, long hashKey1) {
        this.hashKey0 = hashKey0;
        this.hashKey1 = hashKey1;
    }

    /** Says where blocks come from; the same account for as long as the plugin runs. */
    public void open(OffHeap pluginMemory) {
        account = pluginMemory;
    }

    /** Half of the key of the hashes. */
    public long hashKey0() {
        return hashKey0;
    }

    /** The other half of the key of the hashes. */
    public long hashKey1() {
        return hashKey1;
    }

    @Override
    public long allocate(long bytes) {
        return account.allocate(bytes);
    }

    @Override
    public void free(long address, long bytes) {
        account.free(address, bytes);
    }

    @Override
    public long resize(long address, long oldBytes, long newBytes) {
        return account.resize(address, oldBytes, newBytes);
    }
}
