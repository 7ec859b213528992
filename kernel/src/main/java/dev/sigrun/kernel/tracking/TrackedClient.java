// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.pubsub.Subscriber;

/** A client as this package sees it. Owner thread only. */
public interface TrackedClient extends Subscriber {
    /** Its number, which is never used again. */
    long id();

    /** What it wants to hear; null as long as it never asked for anything. */
    Tracking tracking();

    /** Whether it is about to go. */
    boolean isClosing();

    /** Whether it has subscribed to anything. */
    boolean isSubscribed();
}
