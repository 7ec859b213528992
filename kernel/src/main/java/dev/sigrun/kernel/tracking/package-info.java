// SPDX-License-Identifier: Apache-2.0
/**
 * Tells clients that keep what they have read when it is no longer true. Owner thread only.
 *
 * <p>Either the server remembers which client has read which key ({@code InvalidationTable}, off
 * the heap), or a client asks for all keys that begin in some way ({@code Broadcasts}). A client
 * that has gone stays in the table until its keys change; its number is never used again.
 */
package dev.sigrun.kernel.tracking;
