// SPDX-License-Identifier: Apache-2.0
/**
 * {@code COMMANDLOG}, {@code SLOWLOG} and {@code LATENCY}: what took long or was large.
 *
 * <p>Thread rule: owner only. Invariants: nothing here is on the way of other commands; what they
 * leave behind is in {@code kernel.measure}. Imports: the kernel's core and {@code admin}.
 */
package dev.sigrun.kernel.admin.measure;
