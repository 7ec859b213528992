// SPDX-License-Identifier: Apache-2.0
/**
 * Lists: the type, its layouts in files, and its commands, those that wait among them.
 *
 * <p>Owner thread only. A list's cell begins with a byte that says which form follows: a listpack
 * as a whole ({@code listpack}), or the root of a quicklist ({@code quicklist}). The forms change
 * where Valkey changes them, by the size of the list and {@code list-max-listpack-size}. The depth
 * and the size that the configuration says count for all lists at once, those that are there too.
 *
 * <p>Invariants: no key holds an empty list; a payload becomes a value only after every byte of it
 * was checked; what a command changes is said once for replication, in the form that has the same
 * outcome everywhere.
 */
package dev.sigrun.core.list;
