// SPDX-License-Identifier: Apache-2.0
/**
 * The databases: keys, byte strings, expiry and opaque values, and what goes on around them:
 * expiry, eviction, lazy free.
 *
 * <p>Thread rule: owner only. Invariants: an entry belongs to exactly one table; whatever frees or
 * moves an entry advances the store's generation, so that a {@link
 * dev.sigrun.kernel.store.StoredKey} never follows a stale address; every byte off the heap is the
 * allocator's and counts in {@code used_memory}. The package knows no command and no client.
 */
package dev.sigrun.kernel.store;
