// SPDX-License-Identifier: Apache-2.0
/**
 * Hashes: fields with values, each with a time to live of its own where one was given.
 *
 * <p>A small hash is a {@link dev.sigrun.memory.dict.Roll} in its key's entry, a large one a {@link
 * dev.sigrun.memory.dict.Dict} that hangs on the entry. As in Valkey a hash becomes large when it
 * outgrows {@code hash-max-listpack-entries} or {@code hash-max-listpack-value} or gets a field
 * with a time to live, and never becomes small again; {@code OBJECT ENCODING} calls the two {@code
 * listpack} and {@code hashtable}.
 *
 * <p>A field whose time is over stays until the active expiry or a write comes across it. Until
 * then nobody sees it, but {@code HLEN} counts it.
 *
 * <p>Owner: the owner thread. Invariants: a key never holds an empty hash; a small hash has no
 * times; the kernel knows of exactly the hashes that have times.
 */
package dev.sigrun.core.hash;
