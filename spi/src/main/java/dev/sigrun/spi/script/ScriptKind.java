// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

/** The two kinds of scripts. An engine keeps them apart, each kind in a world of its own. */
public enum ScriptKind {
    /** Code that a client sends to have it run: {@code EVAL}. */
    EVAL,
    /** Code that is loaded once and registers functions: {@code FUNCTION LOAD}. */
    FUNCTION
}
