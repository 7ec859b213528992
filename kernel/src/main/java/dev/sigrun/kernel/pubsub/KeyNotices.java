// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.spi.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Tells subscribers of what happens to keys: {@code __keyspace@<db>__:<key>} hears the event, and
 * {@code __keyevent@<db>__:<event>} the key. Owner thread only.
 */
public final class KeyNotices {
    /** Bit of {@code notify-keyspace-events} for messages that name the event. */
    public static final int KEYSPACE = 1;

    /** Bit of {@code notify-keyspace-events} for messages that name the key. */
    public static final int KEYEVENT = 1 << 1;

    private final PubSub pubSub;
    private final ScratchSpace space = new ScratchSpace();
    private final ReplyBuffer text = new ReplyBuffer();
    private final Slice channel = new Slice();
    private final Slice message = new Slice();
    private int classes;

    /** For the subscribers of one server. */
    public KeyNotices(PubSub pubSub) {
        this.pubSub = pubSub;
    }

    /** Sets {@code notify-keyspace-events}, as bits. */
    public void classes(int bits) {
        classes = bits;
    }

    /**
     * Takes note of an event.
     *
     * @param notifyClass one of {@link dev.sigrun.spi.key.NotifyClass}
     */
    public void event(int notifyClass, String event, int db, Bytes key) {
        if ((classes & notifyClass) == 0 || pubSub.subscribing() == 0) {
            return;
        }
        byte[] name = event.getBytes(StandardCharsets.UTF_8);
        if ((classes & KEYSPACE) != 0) {
            start("__keyspace@", db);
            text.encoded(key.address(), key.length());
            int end = text.used();
            text.encoded(name);
            publish(end);
        }
        if ((classes & KEYEVENT) != 0) {
            start("__keyevent@", db);
            text.encoded(name);
            int end = text.used();
            text.encoded(key.address(), key.length());
            publish(end);
        }
        space.trim();
    }

    private void start(String first, int db) {
        text.wrap(space, 0);
        text.encoded((first + db + "__:").getBytes(StandardCharsets.US_ASCII));
    }

    /** Publishes what is written: first the channel's name, then the message. */
    private void publish(int end) {
        channel.wrap(space.address(), end);
        message.wrap(space.address() + end, text.used() - end);
        pubSub.publish(channel, message);
    }
}
