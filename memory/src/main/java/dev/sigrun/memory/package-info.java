// SPDX-License-Identifier: Apache-2.0

/**
 * Memory outside of the Java heap: plain access by address, an allocator, and the structures on it.
 *
 * <p>Owner: whoever creates an {@link dev.sigrun.memory.Allocator} names one thread that allocates,
 * frees and changes structures; other threads may only read blocks handed to them.
 *
 * <p>Invariants: an address of 0 is no address; every block is a multiple of 8 bytes at a multiple
 * of 8, and one asked for in multiples of 64 bytes begins at a multiple of 64; the bytes in use are
 * known exactly; a failed allocation changes nothing. With {@code -Dsigrun.memory.checked=true}
 * every access is checked against the live blocks and freed blocks are poisoned.
 *
 * <p>Depends on the JDK only.
 */
package dev.sigrun.memory;
