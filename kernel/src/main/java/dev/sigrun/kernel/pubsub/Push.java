// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;

/**
 * A message that is written once and sent to many: RESP2 and RESP3 differ in its first byte alone,
 * as it holds nothing but strings. Owner thread only.
 */
final class Push {
    private final ScratchSpace space = new ScratchSpace();
    private final ReplyBuffer out = new ReplyBuffer();

    /** Begins a message of so many elements, of which this writes the first. */
    Push begin(int elements, String word) {
        out.wrap(space, 0);
        out.protocol(3);
        out.push(elements);
        out.bulk(word);
        return this;
    }

    void bulk(Bytes content) {
        out.bulk(content);
    }

    void bulk(byte[] content) {
        out.bulk(content);
    }

    /** Sends the message, which is complete, to one more. */
    void sendTo(Subscriber subscriber) {
        Memory.putByte(space.address(), (byte) (subscriber.protocol() == 3 ? '>' : '*'));
        subscriber.push(space.address(), out.used());
    }

    /** Everybody has the message. */
    void end() {
        space.trim();
    }
}
