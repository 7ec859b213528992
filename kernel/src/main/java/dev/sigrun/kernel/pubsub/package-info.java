// SPDX-License-Identifier: Apache-2.0
/**
 * Who listens to which channel, and the messages themselves. Owner thread only.
 *
 * <p>A subscriber keeps the names that it has subscribed to, and a name its subscribers; both are
 * changed together, here alone. Names are kept as text of one character a byte, whose order and
 * cached hash make a map of hostile names no slower than a tree.
 */
package dev.sigrun.kernel.pubsub;
