// SPDX-License-Identifier: Apache-2.0
/**
 * The libraries that scripts have beside Lua's own: cjson, cmsgpack, struct and bit.
 *
 * <p>Thread rule: owner only. Invariants: input is hostile; nothing is allocated because a length
 * says so, and nothing recurses without a limit.
 */
package dev.sigrun.lua.lib;
