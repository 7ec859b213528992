// SPDX-License-Identifier: Apache-2.0
/**
 * The command ACL: shows and changes users, tries what they may do, and shows what was refused.
 * Owner thread only.
 *
 * <p>Invariant: nobody stays connected as a user who is no more.
 */
package dev.sigrun.kernel.admin.acl;
