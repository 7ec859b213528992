// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

/** One who can be sent messages. Owner thread only. */
public interface Subscriber {
    /** The version of the protocol that messages are written in, 2 or 3. */
    int protocol();

    /** What it has subscribed to; made at the first call. */
    Subscriptions subscriptions();

    /** Sends an encoded message. */
    void push(long address, int length);
}
