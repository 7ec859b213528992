// SPDX-License-Identifier: Apache-2.0
/**
 * Commands about data on disk: {@code SAVE}, {@code BGSAVE}, {@code DEBUG RELOAD}.
 *
 * <p>Owner thread only. Invariant: what answers OK is on the disk.
 */
package dev.sigrun.kernel.admin.persist;
