// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.script;

/**
 * How it went with a command that a script has called. More may be added, so switch with a default.
 */
public enum CallOutcome {
    /** The command ran; its reply may be an error. */
    DONE,
    /** There is no such command. */
    UNKNOWN_COMMAND,
    /** The command takes another number of arguments. */
    WRONG_COUNT,
    /** Scripts may not call the command. */
    NOT_ALLOWED,
    /** The client's user may not run the command. */
    NO_PERMISSION,
    /** The command was refused for another reason, for example for want of memory. */
    REFUSED
}
