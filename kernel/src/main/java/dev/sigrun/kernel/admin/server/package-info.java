// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's commands about the server as a whole: configuration, databases, plugins, memory,
 * what a key is like inside, debugging and the end.
 *
 * <p>Thread rule: owner only; a file that is to be read is read elsewhere. Invariants: everything
 * is reached through {@link dev.sigrun.kernel.admin.AdminContext}. Imports: the kernel's core and
 * {@code admin.info} for the numbers about memory.
 */
package dev.sigrun.kernel.admin.server;
