// SPDX-License-Identifier: Apache-2.0
/**
 * The commands of transactions. Owner thread only.
 *
 * <p>They only stand in the table here: what they do is {@link
 * dev.sigrun.kernel.command.Transactions}, since dispatch has to do with it at every command.
 */
package dev.sigrun.kernel.admin.transaction;
