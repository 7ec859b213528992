// SPDX-License-Identifier: Apache-2.0
/**
 * Lua 5.1 itself: the native library, its interface, and the few bytes of machine code between it
 * and Java.
 *
 * <p>Thread rule: owner only. Invariants: the library is loaded when the first script comes, not
 * before; an error of Lua never jumps over a frame of Java.
 */
package dev.sigrun.lua.vm;
