// SPDX-License-Identifier: Apache-2.0
/**
 * The commands about the append-only file.
 *
 * <p>Owner: the owner thread. Invariants: nothing here touches a file; all work is {@code
 * persist.aof}'s.
 */
package dev.sigrun.kernel.admin.append;
