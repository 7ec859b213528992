// SPDX-License-Identifier: Apache-2.0
/**
 * How a handler writes its reply.
 *
 * <p>Thread rule: owner only. Invariants: one shape for both protocol versions, which is RESP3's;
 * the kernel writes RESP2 for clients that speak it.
 */
package dev.sigrun.spi.reply;
