// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

/** What is special about a parameter. */
public enum Trait {
    /** Can be given at start, but not to CONFIG SET. */
    IMMUTABLE,
    /** Left out where CONFIG GET is given a pattern; an exact name still finds it. */
    HIDDEN,
    /** CONFIG SET needs enable-protected-configs. */
    PROTECTED,
    /** The value must not reach a log, MONITOR or the command log. */
    SENSITIVE,
    /** CONFIG SET is refused while the data set is being loaded. */
    DENY_LOADING,
    /** Setting the same value again counts as a change, for a file may have new content. */
    VOLATILE,
    /** Bounds and stored bits are of an unsigned number. */
    UNSIGNED,
    /** An enumeration whose words may be combined. */
    COMBINED,
    /** The server acts on the value. */
    HONOURED,
    /** The value is kept and shown, but there is nothing in this server for it to change. */
    MEANINGLESS
}
