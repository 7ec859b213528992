// SPDX-License-Identifier: Apache-2.0
/**
 * {@code INFO}: what the server says of itself, section by section, and the numbers about memory
 * that other commands show as well.
 *
 * <p>Thread rule: owner only. Invariants: a field whose name Valkey has means what it means there;
 * fields that only this server has begin with {@code sigrun_}; nothing here walks keys, and clients
 * are walked at most a few times a second. Imports: the kernel's core and {@code admin}.
 */
package dev.sigrun.kernel.admin.info;
