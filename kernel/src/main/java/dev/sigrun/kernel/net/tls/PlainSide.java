// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.buffer.ByteBuf;

/** Whom decrypted bytes go to. On the loop that the channel is on. */
public interface PlainSide {
    /**
     * The buffer that encrypted bytes are read into, which is free at this moment; null where there
     * is none that connections share.
     */
    ByteBuf cipherBuffer();

    /**
     * The buffer that decrypted bytes go to, behind those that are in it; the caller gets a
     * reference of its own.
     *
     * @param bytes there is room for so many, or for one record at least
     * @param isTurnOver whether bytes were taken in this turn already
     */
    ByteBuf bufferToFill(int bytes, boolean isTurnOver);

    /** Takes a buffer that was filled, whose reference goes over. */
    void take(ByteBuf buffer);

    /** Sends the replies that there are. */
    void sendReplies();

    /** Whether there will be replies soon to what has been taken. */
    boolean isBusy();

    /** The other side sends no more, and no more can be sent to it. */
    void ended();
}
