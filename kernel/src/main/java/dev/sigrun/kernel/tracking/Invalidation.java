// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Sends the messages that something is no longer true, to the client that may have kept it or to
 * the one that hears instead. Owner thread only.
 *
 * <p>A client of RESP2 can be told only as a subscriber, by a message on a channel with a name of
 * its own; who is neither that nor of RESP3 is not told.
 */
final class Invalidation {
    private final ScratchSpace space = new ScratchSpace();
    private final ReplyBuffer out = new ReplyBuffer();
    private final LongFunction<? extends TrackedClient> clients;

    Invalidation(LongFunction<? extends TrackedClient> clients) {
        this.clients = clients;
    }

    /**
     * Sends one message.
     *
     * @param keys writes what is no longer true: an array of keys, or null for all
     */
    void send(TrackedClient client, Consumer<ReplyBuffer> keys) {
        TrackedClient listener = client;
        long redirection = client.tracking().options().redirection();
        if (redirection != 0) {
            listener = clients.apply(redirection);
            if (listener == null || listener.isClosing()) {
                client.tracking().redirectionBroken();
                sayBroken(client, redirection);
                return;
            }
        }
        begin(listener);
        if (listener.protocol() == 3) {
            out.push(2);
            out.bulk("invalidate");
        } else if (redirection != 0 && listener.isSubscribed()) {
            out.push(3);
            out.bulk("message");
            out.bulk("__redis__:invalidate");
        } else {
            return;
        }
        keys.accept(out);
        end(listener);
    }

    private void sayBroken(TrackedClient client, long redirection) {
        if (client.protocol() == 3) {
            begin(client);
            out.push(2);
            out.bulk("tracking-redir-broken");
            out.integer(redirection);
            end(client);
        }
    }

    private void begin(TrackedClient listener) {
        out.wrap(space, 0);
        out.protocol(listener.protocol());
    }

    private void end(TrackedClient listener) {
        listener.push(space.address(), out.used());
        space.trim();
    }
}
