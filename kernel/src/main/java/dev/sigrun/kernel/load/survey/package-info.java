// SPDX-License-Identifier: Apache-2.0
/**
 * What takes the room in an RDB file: bytes by type and database, and the largest keys, without
 * loading anything.
 *
 * <p>Thread rule: one thread does everything. Invariants: the memory taken does not depend on the
 * file's size; values of plugins that are not there are measured like others. Allowed dependencies:
 * {@code load.read}, {@code rdb}, {@code base}.
 */
package dev.sigrun.kernel.load.survey;
