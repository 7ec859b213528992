// SPDX-License-Identifier: Apache-2.0
/**
 * What a script does with the server: calls of commands, and the conversion of replies both ways.
 *
 * <p>Thread rule: owner only. Invariants: everything here may run inside of a function that Lua
 * calls, so it calls nothing of Lua that could raise an error.
 */
package dev.sigrun.lua.call;
