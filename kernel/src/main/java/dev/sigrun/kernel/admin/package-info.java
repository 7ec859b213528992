// SPDX-License-Identifier: Apache-2.0
/**
 * The kernel's own commands: connection, server, configuration, introspection, plugins.
 *
 * <p>Thread rule: owner only. Invariants: these commands are registered like any plugin's, and
 * reach the rest of the kernel through {@link dev.sigrun.kernel.admin.AdminContext} alone.
 */
package dev.sigrun.kernel.admin;
