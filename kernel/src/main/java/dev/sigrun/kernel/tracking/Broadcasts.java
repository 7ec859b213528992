// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import dev.sigrun.kernel.wire.ReplyBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Prefixes of names of keys, those who want to hear of each, and what has changed under it since
 * they were told. Owner thread only.
 */
final class Broadcasts {
    private final Map<String, Prefix> prefixes = new TreeMap<>();
    private boolean pending;

    /** One prefix: whom it concerns, and the keys that have changed with who did it last. */
    private static final class Prefix {
        private final Set<TrackedClient> clients = new LinkedHashSet<>();
        private final Map<String, Long> changed = new TreeMap<>();
    }

    int count() {
        return prefixes.size();
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    void add(TrackedClient client, String prefix) {
        prefixes.computeIfAbsent(prefix, any -> new Prefix()).clients.add(client);
    }

    void remove(TrackedClient client, String name) {
        Prefix prefix = prefixes.get(name);
        if (prefix != null && prefix.clients.remove(client) && prefix.clients.isEmpty()) {
            prefixes.remove(name);
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
        for (Map.Entry<String, Prefix> prefix : prefixes.entrySet()) {
            if (key.startsWith(prefix.getKey())) {
                prefix.getValue().changed.put(key, by);
                concerned = true;
            }
        }
        boolean isFirst = concerned && !pending;
        pending |= concerned;
        return isFirst;
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
