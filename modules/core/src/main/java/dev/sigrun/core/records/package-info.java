// SPDX-License-Identifier: Apache-2.0
/**
 * What a command collects before it answers, as records of a fixed size off the heap: as many as
 * there is memory for, counted like any other memory, and gone when the command ends.
 *
 * <p>Thread rule: owner only. Invariants: a collection is open between the two calls of one command
 * and never longer; an order must be total where the order of equals matters. Depends on {@code
 * memory} alone.
 */
package dev.sigrun.core.records;
