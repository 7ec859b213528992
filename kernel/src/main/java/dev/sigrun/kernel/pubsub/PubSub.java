// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import dev.sigrun.kernel.base.HeapShare;
import dev.sigrun.kernel.base.Slice;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ScratchSpace;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Publish and subscribe: the way into this package. Owner thread only. */
public final class PubSub {
    private final Map<Kind, Map<String, Subscribers>> listeners = new EnumMap<>(Kind.class);

    /** The patterns in the order of their first subscription, which is that of their messages. */
    private final Map<String, GlobPattern> patterns = new LinkedHashMap<>();

    private final Push push = new Push();
    private final ScratchSpace names = new ScratchSpace();
    private final Slice view = new Slice();
    private final HeapShare room = new HeapShare(4, 256);
    private long subscribing;

    /** Makes a place to meet. */
    public PubSub() {
        for (Kind kind : Kind.values()) {
            listeners.put(kind, new HashMap<>());
        }
    }

    /** How many subscriptions there may be. */
    public HeapShare room() {
        return room;
    }

    // ---- subscribing ----

    /**
     * Subscribes, unless that was done before, and confirms it.
     *
     * @param reply lies over the replies to the subscriber
     */
    public void subscribe(Subscriber subscriber, Kind kind, Bytes name, ReplyBuffer reply) {
        String key = name.text();
        Subscriptions own = subscriber.subscriptions();
        boolean wasNone = own.isEmpty();
        if (own.add(kind, key)) {
            room.took(1);
            listeners.get(kind).computeIfAbsent(key, any -> new Subscribers()).add(subscriber);
            if (kind == Kind.PATTERN) {
                patterns.computeIfAbsent(key, any -> GlobPattern.of(name));
            }
            subscribing += wasNone ? 1 : 0;
        }
        confirm(reply, kind.subscribed, key, own.counted(kind));
    }

    /** Ends a subscription, if there is one, and confirms that. */
    public void unsubscribe(Subscriber subscriber, Kind kind, Bytes name, ReplyBuffer reply) {
        String key = name.text();
        end(subscriber, kind, key);
        confirm(reply, kind.unsubscribed, key, subscriber.subscriptions().counted(kind));
    }

    /** Ends all subscriptions of a kind, and confirms each; or that there was none. */
    public void unsubscribeAll(Subscriber subscriber, Kind kind, ReplyBuffer reply) {
        Subscriptions own = subscriber.subscriptions();
        List<String> names = List.copyOf(own.names(kind));
        for (String name : names) {
            end(subscriber, kind, name);
            confirm(reply, kind.unsubscribed, name, own.counted(kind));
        }
        if (names.isEmpty()) {
            confirm(reply, kind.unsubscribed, null, own.counted(kind));
        }
    }

    /** Ends all subscriptions of one who goes, or wants to hear nothing of it. */
    public void forget(Subscriber subscriber) {
        Subscriptions own = subscriber.subscriptions();
        for (Kind kind : Kind.values()) {
            for (String name : List.copyOf(own.names(kind))) {
                end(subscriber, kind, name);
            }
        }
    }

    private void end(Subscriber subscriber, Kind kind, String name) {
        Subscriptions own = subscriber.subscriptions();
        if (!own.remove(kind, name)) {
            return;
        }
        room.gave(1);
        Map<String, Subscribers> ofKind = listeners.get(kind);
        Subscribers others = ofKind.get(name);
        others.remove(subscriber);
        if (others.count() == 0) {
            ofKind.remove(name);
            if (kind == Kind.PATTERN) {
                patterns.remove(name);
            }
        }
        subscribing -= own.isEmpty() ? 1 : 0;
    }

    private static void confirm(ReplyBuffer reply, String word, String name, int count) {
        reply.push(3);
        reply.bulk(word);
        if (name == null) {
            reply.nil();
        } else {
            reply.bulk(name.getBytes(StandardCharsets.ISO_8859_1));
        }
        reply.integer(count);
    }

    // ---- publishing ----

    /**
     * Sends a message to all who listen to a channel.
     *
     * @return to how many; one who listens in several ways counts as often
     */
    public int publish(Bytes channel, Bytes message) {
        if (subscribing == 0) {
            return 0;
        }
        String name = channel.text();
        int receivers = send(Kind.CHANNEL, name, channel, message);
        for (Map.Entry<String, GlobPattern> pattern : patterns.entrySet()) {
            if (pattern.getValue().matches(channel)) {
                byte[] text = pattern.getKey().getBytes(StandardCharsets.ISO_8859_1);
                push.begin(4, Kind.PATTERN.message).bulk(text);
                receivers += finish(Kind.PATTERN, pattern.getKey(), channel, message);
            }
        }
        return receivers;
    }

    /** Sends a message to all who listen to a channel of a shard. */
    public int publishToShard(Bytes channel, Bytes message) {
        return subscribing == 0 ? 0 : send(Kind.SHARD, channel.text(), channel, message);
    }

    private int send(Kind kind, String name, Bytes channel, Bytes message) {
        if (!listeners.get(kind).containsKey(name)) {
            return 0;
        }
        push.begin(3, kind.message);
        return finish(kind, name, channel, message);
    }

    private int finish(Kind kind, String name, Bytes channel, Bytes message) {
        push.bulk(channel);
        push.bulk(message);
        Subscribers to = listeners.get(kind).get(name);
        // Nobody unsubscribes meanwhile: what is pushed is executed by nobody here.
        for (int i = 0; i < to.count(); i++) {
            push.sendTo(to.get(i));
        }
        push.end();
        return to.count();
    }

    // ---- asking ----

    /**
     * Names of a kind that somebody listens to, in no order.
     *
     * @param pattern what they match; null for all
     */
    public List<String> names(Kind kind, GlobPattern pattern) {
        List<String> all = new ArrayList<>();
        for (String name : listeners.get(kind).keySet()) {
            if (pattern == null || pattern.matches(view(name))) {
                all.add(name);
            }
        }
        names.trim();
        return all;
    }

    private Bytes view(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        names.room(bytes.length);
        Memory.copy(bytes, 0, names.address(), bytes.length);
        return view.wrap(names.address(), bytes.length);
    }

    /** Number of names of a kind that somebody listens to. */
    public int count(Kind kind) {
        return listeners.get(kind).size();
    }

    /** How many listen to a name of a kind. */
    public int listeners(Kind kind, Bytes name) {
        Subscribers some = listeners.get(kind).get(name.text());
        return some == null ? 0 : some.count();
    }

    /** Number of those who listen to anything. */
    public long subscribing() {
        return subscribing;
    }
}
