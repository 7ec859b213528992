// SPDX-License-Identifier: Apache-2.0
/**
 * Scripts: the cache of {@code EVAL}, the libraries of {@code FUNCTION}, and one script's run.
 *
 * <p>Thread rule: owner only. Invariants: no language is known here, only engines that plugins
 * bring; one script runs at a time; a script is in the cache only when it compiled; every function
 * belongs to one library, and its name to it alone.
 */
package dev.sigrun.kernel.script;
