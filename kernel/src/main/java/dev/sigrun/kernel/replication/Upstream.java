// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

/**
 * The primary that this server follows, as {@code INFO} and {@code ROLE} show it. Owner thread
 * only.
 */
public interface Upstream {
    /** Its address, as it was given. */
    String host();

    /** Its port. */
    int port();

    /**
     * How far the link is, in the words of {@code ROLE}: {@code connect}, {@code connecting},
     * {@code handshake}, {@code sync}, {@code connected}.
     */
    String state();

    /** Whether the link is up, so that the data is about as new as the primary's. */
    boolean isUp();

    /** Seconds since something came from it; -1 while there is no link. */
    long lastIoSeconds();

    /** Seconds since the link is down; -1 when it never was up. */
    long downSeconds();

    /** Whether its data is being taken over. */
    boolean isSyncing();

    /** Size of the data that is being taken over; -1 when it is not known. */
    long syncTotalBytes();

    /** Bytes of it that have come. */
    long syncReadBytes();

    /** Seconds since some of it came. */
    long syncLastIoSeconds();

    /** Offset up to which the stream has come, be it executed or not. */
    long readOffset();

    /** Offset up to which the stream was executed. */
    long offset();

    /** Bytes of the stream that are kept until the data has been loaded, with two channels. */
    long pendingBytes();

    /** Tells it at once how far this server is. */
    void acknowledge();

    /** The database that its stream is at; -1 when that is not known. */
    int db();

    /**
     * It hands its part over: this server becomes a primary with the same history, as after {@code
     * REPLICAOF NO ONE}.
     */
    void takeOver();

    /** The most there ever were of {@link #pendingBytes}. */
    long pendingBytesMax();
}
