// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin of the page for authors, which a test compiles, loads and compares with the page.
 *
 * <p>Thread rule: owner only.
 */
package dev.sigrun.kernel.plugin.example;
