// SPDX-License-Identifier: Apache-2.0
/**
 * SORT and SORT_RO: the elements of a list, a set or a sorted set in another order, with the
 * contents of other keys as weights or in place of the elements.
 *
 * <p>Thread rule: owner only. Invariants: all elements are collected, and their weights read,
 * before anything is answered or stored; what is collected stands off the heap and points into the
 * value, which does not change meanwhile. Depends on the plugin contract, on {@code memory}, and on
 * the packages of lists, sets, sorted sets, hashes and records.
 */
package dev.sigrun.core.sort;
