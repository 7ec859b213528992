// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

/** The kinds of names to subscribe to, with the first words of their messages. */
public enum Kind {
    /** A channel. */
    CHANNEL("subscribe", "unsubscribe", "message"),
    /** A pattern of names of channels. */
    PATTERN("psubscribe", "punsubscribe", "pmessage"),
    /** A channel of a shard of a cluster, which patterns do not match. */
    SHARD("ssubscribe", "sunsubscribe", "smessage");

    final String subscribed;
    final String unsubscribed;
    final String message;

    Kind(String subscribed, String unsubscribed, String message) {
        this.subscribed = subscribed;
        this.unsubscribed = unsubscribed;
        this.message = message;
    }
}
