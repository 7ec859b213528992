// SPDX-License-Identifier: Apache-2.0
/**
 * The values of the directives that take several words: save points, addresses, buffer limits.
 *
 * <p>Purpose: one {@link dev.sigrun.kernel.config.value.Form} per kind of value reads its words,
 * prints them for CONFIG GET and writes its lines for CONFIG REWRITE. Threads: any, values are
 * immutable. Invariant: what a form prints, it reads back to an equal value. Allowed dependencies:
 * {@code config.text}.
 */
package dev.sigrun.kernel.config.value;
