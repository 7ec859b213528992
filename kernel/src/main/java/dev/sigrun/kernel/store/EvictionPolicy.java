// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.store;

/** What goes when memory is short, under the names of {@code maxmemory-policy}. */
public enum EvictionPolicy {
    /** Among keys with a time to live, those not used for longest. */
    VOLATILE_LRU("volatile-lru", true),
    /** Among keys with a time to live, those used least. */
    VOLATILE_LFU("volatile-lfu", true),
    /** Any key with a time to live. */
    VOLATILE_RANDOM("volatile-random", true),
    /** Among keys with a time to live, those that expire first. */
    VOLATILE_TTL("volatile-ttl", true),
    /** Those not used for longest. */
    ALLKEYS_LRU("allkeys-lru", false),
    /** Those used least. */
    ALLKEYS_LFU("allkeys-lfu", false),
    /** Any key. */
    ALLKEYS_RANDOM("allkeys-random", false),
    /** Nothing: commands that need memory are refused. */
    NOEVICTION("noeviction", false);

    private final String wireName;
    private final boolean volatileOnly;

    EvictionPolicy(String wireName, boolean volatileOnly) {
        this.wireName = wireName;
        this.volatileOnly = volatileOnly;
    }

    /** The policy with a name, or null. */
    public static EvictionPolicy named(String name) {
        for (EvictionPolicy policy : values()) {
            if (policy.wireName.equals(name)) {
                return policy;
            }
        }
        return null;
    }

    /** The name in the configuration. */
    public String wireName() {
        return wireName;
    }

    boolean isVolatileOnly() {
        return volatileOnly;
    }

    boolean isRandom() {
        return this == VOLATILE_RANDOM || this == ALLKEYS_RANDOM;
    }

    /** Whether frequencies are counted rather than times. */
    public boolean isLfu() {
        return this == VOLATILE_LFU || this == ALLKEYS_LFU;
    }
}
