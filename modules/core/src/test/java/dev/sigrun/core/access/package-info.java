// SPDX-License-Identifier: Apache-2.0
/**
 * Users and what they may do, over connections and compared with the reference. Each test is
 * confined to its thread.
 */
package dev.sigrun.core.access;
