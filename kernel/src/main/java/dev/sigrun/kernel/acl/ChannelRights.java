// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.GlobPattern;
import java.util.LinkedHashSet;
import java.util.Set;

/** The channels that are left to a user who loses some. Any thread. */
public final class ChannelRights {
    private final Set<String> patterns;

    private ChannelRights(Set<String> patterns) {
        this.patterns = patterns;
    }

    /** What is left to a user who becomes another; null when nothing is lost. */
    static ChannelRights shrunk(User before, User after) {
        Set<String> left = new LinkedHashSet<>();
        for (Selector selector : after.selectors()) {
            if (selector.allowsAllChannels()) {
                return null;
            }
            left.addAll(selector.channels());
        }
        for (Selector selector : before.selectors()) {
            if (selector.allowsAllChannels() || !left.containsAll(selector.channels())) {
                return new ChannelRights(left);
            }
        }
        return null;
    }

    /**
     * Whether one may stay subscribed to a channel.
     *
     * @param channel one character a byte
     */
    public boolean allowsChannel(String channel) {
        for (String pattern : patterns) {
            if (GlobPattern.exact(pattern).matches(channel)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one may stay subscribed to a pattern of channels, which only itself allows. */
    public boolean allowsPattern(String pattern) {
        return patterns.contains(pattern);
    }
}
