// SPDX-License-Identifier: Apache-2.0
/**
 * {@code COMMAND}: what the server says about its commands, their keys and their documentation.
 *
 * <p>Thread rule: owner only. Invariants: nothing here knows a command by name; everything comes
 * from the specifications in the table and from the documentation resources of whoever registered
 * the command. Depends on {@code admin}, {@code command}, {@code config.text} and {@code plugin},
 * and alone on the JSON parser.
 */
package dev.sigrun.kernel.admin.introspect;
