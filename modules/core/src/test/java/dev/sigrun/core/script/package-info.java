// SPDX-License-Identifier: Apache-2.0
/** Scripts in a language that is not Lua: what an engine of any kind can rely on. */
package dev.sigrun.core.script;
