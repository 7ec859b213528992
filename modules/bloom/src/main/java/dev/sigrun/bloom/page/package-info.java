// SPDX-License-Identifier: Apache-2.0
/**
 * Memory off the heap that snapshots can share: single blocks, and long runs of bytes in pages.
 *
 * <p>Thread rule: owner only, but for reading what is pinned. Invariants: what more than one holds
 * never changes; whoever writes has made it its own before; a page that was never written takes no
 * memory. Depends on: the SPI alone.
 */
package dev.sigrun.bloom.page;
