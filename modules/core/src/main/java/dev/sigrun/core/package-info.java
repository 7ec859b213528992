// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin that brings the commands every server has: strings and the generic commands.
 *
 * <p>Thread rule: owner only. Invariants: it sees the kernel through the plugin contract alone,
 * like any other plugin.
 */
package dev.sigrun.core;
