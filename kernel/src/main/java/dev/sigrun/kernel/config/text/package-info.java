// SPDX-License-Identifier: Apache-2.0
/**
 * The small grammars of configuration: words of a line, memory sizes, glob patterns.
 *
 * <p>Purpose: pure functions over text in which one {@code char} stands for one byte, so that a
 * password of arbitrary bytes survives a trip through a file. Threads: any, nothing here has state.
 * Invariant: no input whatsoever makes these functions throw. Allowed dependencies: the JDK.
 */
package dev.sigrun.kernel.config.text;
