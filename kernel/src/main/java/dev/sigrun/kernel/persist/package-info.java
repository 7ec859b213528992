// SPDX-License-Identifier: Apache-2.0
/**
 * Data on disk: when snapshots are saved and where, how they come back at start, and the commands
 * about that. The append-only file is {@code persist.aof}.
 *
 * <p>Owner: the owner thread; files are read, written and synced by others. Invariants: a file
 * takes its name only when it is complete and synced; a failure leaves the last good file as it
 * was.
 */
package dev.sigrun.kernel.persist;
