// SPDX-License-Identifier: Apache-2.0
/**
 * Lua as a language for scripts: Lua 5.1 itself, with the tables and functions that Valkey gives to
 * scripts.
 *
 * <p>Thread rule: owner only. Invariants: a script reaches nothing of the process but what it is
 * given, and changes nothing that another script sees but data.
 */
package dev.sigrun.lua;
