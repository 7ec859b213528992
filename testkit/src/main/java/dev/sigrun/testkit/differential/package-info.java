// SPDX-License-Identifier: Apache-2.0
/**
 * Runs one random stream of commands on two servers and compares what they answer and what they
 * hold.
 *
 * <p>The commands and the kinds of their arguments come from {@code COMMAND DOCS} of the server
 * that is trusted, so a command that the other one lacks shows at once. What may rightly differ
 * (the order of a set, a time to live to the second) is compared as far as it must agree. The same
 * seed gives the same stream. Confined to one thread.
 */
package dev.sigrun.testkit.differential;
