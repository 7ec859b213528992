// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import dev.sigrun.spi.Bytes;

/**
 * A connection to another server that this one has opened. Owner thread only.
 *
 * <p>Bytes may be sent before the connection is there; they go out when it is. Nothing here waits:
 * what comes of it is told to the listener, in a turn of the owner of its own and never from within
 * a call to the link.
 */
public interface Link {
    /**
     * Sends bytes, behind those that were sent before.
     *
     * @param content must not change any more; it is not copied as a whole
     */
    void send(byte[] content);

    /**
     * Bytes that were sent here and that the operating system has not taken yet, roughly; once the
     * link is closed, those that it never will.
     */
    long pendingBytes();

    /**
     * Says whether more is to be read. While it is not, the other side finds after a while that it
     * cannot send, which is how one says that there is enough; what has already been read is heard
     * all the same.
     */
    void reading(boolean yes);

    /** Address and port of the other side; empty as long as there is no connection. */
    String remoteAddress();

    /** Address and port of this side; empty as long as there is no connection. */
    String localAddress();

    /** Closes at once, without the bytes that are pending. The listener hears nothing more. */
    void close();

    /** Hears what happens to a link. */
    interface Listener {
        /** The connection is there. */
        void connected();

        /**
         * Bytes have come.
         *
         * @param content lent until this returns
         */
        void received(Bytes content);

        /**
         * The connection is gone, or could not be had; nothing is heard after this.
         *
         * @param reason for the log
         */
        void closed(String reason);
    }
}
