// SPDX-License-Identifier: Apache-2.0
/**
 * MIGRATE: moves keys to another server while this one goes on serving.
 *
 * <p>Thread rule: owner only; a transfer advances in turns of the owner, when the other server has
 * answered or a timer looks after it, and never waits in one. Invariants: a key leaves this server
 * only after the other one has confirmed exactly the content that the key has here now; whatever
 * else happens, it stays. A turn sends a bounded number of bytes beyond the first value, so that
 * many keys hold the owner no longer than few.
 *
 * <p>Depends on {@code admin}, {@code command}, {@code store}, {@code wire}, {@code loop} and
 * {@code base}.
 */
package dev.sigrun.kernel.admin.migrate;
