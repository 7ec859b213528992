// SPDX-License-Identifier: Apache-2.0
/**
 * Places on the earth as members of sorted sets. A place is a score: 26 bits of its longitude and
 * 26 of its latitude, interleaved, so that places that share leading bits lie in one cell of a grid
 * and one range of scores. A search turns its area into at most nine cells, reads their ranges and
 * keeps what really lies in the area.
 *
 * <p>Thread rule: owner only. Invariants: numbers are computed in the order of operations that
 * gives the same scores, distances and digits as on Valkey; a sorted set may hold any scores, so
 * none is believed to be a place. Depends on the plugin contract, on {@code memory}, and on the
 * packages of sorted sets and records.
 */
package dev.sigrun.core.geo;
