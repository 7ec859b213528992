// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/**
 * Opens connections to other servers. Whoever talks to one is given this, so that a test can give
 * it a network of its own. Owner thread only.
 */
@FunctionalInterface
public interface Links {
    /**
     * Opens a connection; returns at once.
     *
     * @param host an address, or a name that is looked up without holding the owner
     * @param port from 1 to 65535
     * @param timeoutMillis how long connecting may take, at least 1
     */
    Link open(String host, int port, int timeoutMillis, Link.Listener listener);
}
