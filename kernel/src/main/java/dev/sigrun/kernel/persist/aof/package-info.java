// SPDX-License-Identifier: Apache-2.0
/**
 * The append-only file as Valkey keeps it: a manifest that names a base and the files with what has
 * changed since, their loading, their writing and their rewriting.
 *
 * <p>Thread rule: the owner collects the bytes of effects and hands them over; one thread of the
 * file's own writes them, opens and exchanges files and owns the manifest; other threads sync what
 * is written and read what is loaded. Invariants: the owner never touches a file while it serves;
 * what is handed over is written in that order; at any moment the files on the disk can be loaded,
 * and contain all that was synced.
 */
package dev.sigrun.kernel.persist.aof;
