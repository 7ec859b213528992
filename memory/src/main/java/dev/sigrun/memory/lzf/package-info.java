// SPDX-License-Identifier: Apache-2.0

/**
 * The compression that Valkey uses, of strings in its files and of nodes of long lists in memory.
 *
 * <p>Thread: none of its own; a compressor belongs to whoever made it. Invariant: whatever the
 * input is, nothing outside of the given blocks is read or written.
 *
 * <p>Depends on {@link dev.sigrun.memory.Memory} alone.
 */
package dev.sigrun.memory.lzf;
