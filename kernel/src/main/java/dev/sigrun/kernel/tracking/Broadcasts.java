// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.base.HeapShare;
import dev.sigrun.kernel.wire.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prefixes of names of keys, those who want to hear of each, and what has changed under it since
 * they were told. Owner thread only.
 */
final class Broadcasts {
    private final NavigableMap<String, Prefix> prefixes = new TreeMap<>();
    private final HeapShare room = new HeapShare(8, 512);
    private boolean pending;

    /** One prefix: whom it concerns, and the keys that have changed with who did it last. */
    private static final class Prefix {
        private final Set<TrackedClient> clients = new LinkedHashSet<>();
        private final Map<String, Long> changed = new TreeMap<>();
    }

    /** How many prefixes there may be, counted for each client. */
    HeapShare room() {
        return room;
    }

    int count() {
        return prefixes.size();
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    void add(TrackedClient client, String prefix) {
        if (prefixes.computeIfAbsent(prefix, any -> new Prefix()).clients.add(client)) {
            room.took(1);
        }
    }

    void remove(TrackedClient client, String name) {
        Prefix prefix = prefixes.get(name);
        if (prefix != null && prefix.clients.remove(client)) {
            room.gave(1);
            if (prefix.clients.isEmpty()) {
                prefixes.remove(name);
            }
        }
    }

    /**
     * Takes note of a changed key.
     *
     * @param by number of the client that changed it; 0 for none
     * @return whether it is the first since clients were told
     */
    boolean changed(String key, long by) {
        boolean concerned = false;
        Map.Entry<String, Prefix> at = prefixes.floorEntry(key);
        while (at != null) {
            String name = at.getKey();
            if (key.startsWith(name)) {
                at.getValue().changed.put(key, by);
                concerned = true;
                at = prefixes.lowerEntry(name);
            } else {
                // Longer prefixes of the key would stand between this name and the key.
                at = prefixes.floorEntry(key.substring(0, common(key, name)));
            }
        }
        boolean isFirst = concerned && !pending;
        pending |= concerned;
        return isFirst;
    }

    /** How many characters two names begin with in common. */
    private static int common(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    /** Tells everybody what has changed. */
    void tell(Invalidation invalidation) {
        pending = false;
        for (Prefix prefix : prefixes.values()) {
            if (!prefix.changed.isEmpty()) {
                for (TrackedClient client : prefix.clients) {
                    boolean withOwn = !client.tracking().isNoLoop();
                    int count = withOwn ? prefix.changed.size() : others(prefix, client.id());
                    if (count > 0) {
                        invalidation.send(client, out -> write(out, prefix, count, client));
                    }
                }
                prefix.changed.clear();
            }
        }
    }

    private static int others(Prefix prefix, long id) {
        int count = 0;
        for (long by : prefix.changed.values()) {
            count += by == id ? 0 : 1;
        }
        return count;
    }

    private static void write(ReplyBuffer out, Prefix prefix, int count, TrackedClient client) {
        boolean withOwn = !client.tracking().isNoLoop();
        out.array(count);
        for (Map.Entry<String, Long> change : prefix.changed.entrySet()) {
            if (withOwn || change.getValue() != client.id()) {
                out.bulk(change.getKey().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }
}
