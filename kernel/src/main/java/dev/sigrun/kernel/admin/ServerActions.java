// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

/** What the commands ask of the layers above them. Owner thread only. */
public interface ServerActions {
    /**
     * Begins the shutdown: no more clients are accepted, data is saved where that is configured,
     * plugins are stopped and the process ends.
     */
    void shutdown();

    /** TCP port that the server listens on; 0 for none. */
    int port();

    /** Port that the server listens on for encrypted connections; 0 for none. */
    int tlsPort();

    /** The certificates in use. */
    TlsFacts tls();

    /** Bytes that came from clients since the start. */
    long bytesIn();

    /** Bytes that went to clients since the start. */
    long bytesOut();

    /** What was read from clients and written to them, and by whom. */
    IoFacts io();

    /** Zeroes the counts of {@link #io}; the threads' times stay. */
    void resetIo();

    /**
     * Changes where the server listens.
     *
     * @return whether it listens there now
     */
    boolean rebind();
}
