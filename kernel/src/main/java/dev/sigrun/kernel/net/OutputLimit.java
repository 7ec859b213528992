// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

/**
 * How many bytes of replies may wait for a client.
 *
 * @param hardBytes a client with more is closed at once; 0 for no limit
 * @param softBytes a client with more is closed after a while; 0 for no limit
 * @param softSeconds that while
 */
public record OutputLimit(long hardBytes, long softBytes, long softSeconds) {
    /** No limit at all. */
    static final OutputLimit NONE = new OutputLimit(0, 0, 0);
}
