// SPDX-License-Identifier: Apache-2.0
/**
 * Images of all data as it was between two commands, in the form of an RDB file, written while
 * commands go on: the cut, the walk through the tables, what is saved ahead of it because a command
 * is about to change it, and the threads that turn what the owner hands them into bytes.
 *
 * <p>Thread rule: the owner cuts, walks and hands over; threads of the snapshot's own compress,
 * checksum and write, and see nothing but copies. Invariants: a key is written once, as it was at
 * the cut; nothing waits on the owner; a snapshot ends exactly once, on the owner, whatever
 * happens. Allowed dependencies: {@code store}, {@code rdb}, {@code loop}, {@code base}.
 */
package dev.sigrun.kernel.snapshot;
