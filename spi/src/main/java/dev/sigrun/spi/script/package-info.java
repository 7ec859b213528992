// SPDX-License-Identifier: Apache-2.0
/**
 * Languages for scripts: what runs {@code EVAL} and {@code FCALL}.
 *
 * <p>Thread rule: owner only. Invariants: the kernel finds scripts, says who may run which and
 * counts their commands; an engine compiles and runs them, and reaches data through {@link
 * dev.sigrun.spi.script.ScriptCall} alone.
 */
package dev.sigrun.spi.script;
