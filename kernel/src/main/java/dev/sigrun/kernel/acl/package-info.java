// SPDX-License-Identifier: Apache-2.0
/**
 * Who may do what: users with their passwords and rules, the checks of commands against them, and
 * the log of what was refused. Owner thread only.
 *
 * <p>Invariants: rules are kept as they were given, by names, and what they mean for the commands
 * that there are is worked out anew whenever commands have come or gone; so a rule for a command of
 * a plugin holds again when the plugin comes back. A change of a user is tried on a copy first, and
 * happens as a whole or not at all. Checks allocate nothing, and for a user who may do everything
 * there are none. Names, patterns and rules are texts with one character a byte.
 */
package dev.sigrun.kernel.acl;
