// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.pubsub;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names that one subscriber has subscribed to. Owner thread only. */
public final class Subscriptions {
    /** What a name takes beside its characters, about. */
    private static final int ENTRY_BYTES = 96;

    private final Map<Kind, Set<String>> names = new EnumMap<>(Kind.class);
    private long bytes;

    /** Names of a kind, in the order of their subscription; not to be changed. */
    public Set<String> names(Kind kind) {
        return Collections.unmodifiableSet(names.getOrDefault(kind, Set.of()));
    }

    /** Number of names of a kind. */
    public int count(Kind kind) {
        Set<String> some = names.get(kind);
        return some == null ? 0 : some.size();
    }

    /** Whether there is none at all. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Bytes that the names take on the side of the subscriber, about. */
    public long memoryBytes() {
        return bytes;
    }

    /** What a confirmation counts: channels and patterns together, but shard channels alone. */
    int counted(Kind kind) {
        return kind == Kind.SHARD ? count(kind) : count(Kind.CHANNEL) + count(Kind.PATTERN);
    }

    boolean add(Kind kind, String name) {
        boolean isNew = names.computeIfAbsent(kind, any -> new LinkedHashSet<>()).add(name);
        if (isNew) {
            bytes += ENTRY_BYTES + name.length();
        }
        return isNew;
    }

    boolean remove(Kind kind, String name) {
        Set<String> some = names.get(kind);
        if (some == null || !some.remove(name)) {
            return false;
        }
        bytes -= ENTRY_BYTES + name.length();
        if (some.isEmpty()) {
            names.remove(kind);
        }
        return true;
    }
}
