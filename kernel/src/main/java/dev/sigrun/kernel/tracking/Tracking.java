// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.tracking;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one client wants to hear of keys that it may have kept. Owner thread only. */
public final class Tracking {
    /** What a prefix takes beside its characters, about. */
    private static final int PREFIX_BYTES = 104;

    private final SortedSet<String> prefixes = new TreeSet<>();
    private long bytes;
    private Options options;
    private boolean caching;
    private boolean redirectionBroken;

    /**
     * What a client chooses.
     *
     * @param redirection number of the client that hears instead; 0 for the client itself
     * @param broadcast whether to hear of all keys with one of some prefixes
     * @param optIn whether keys count only after {@code CLIENT CACHING YES}
     * @param optOut whether keys count unless after {@code CLIENT CACHING NO}
     * @param noLoop whether the client's own changes are not told
     */
    public record Options(
            long redirection, boolean broadcast, boolean optIn, boolean optOut, boolean noLoop) {}

    /** Whether it is switched on. */
    public boolean isOn() {
        return options != null;
    }

    /** What was chosen; null while it is off. */
    public Options options() {
        return options;
    }

    void options(Options chosen) {
        options = chosen;
        redirectionBroken = false;
        if (chosen == null) {
            caching = false;
        }
    }

    /** Whether the client hears of keys that begin in some way. */
    public boolean isBroadcast() {
        return options != null && options.broadcast();
    }

    boolean isNoLoop() {
        return options != null && options.noLoop();
    }

    /** Whether what the next command reads is an exception to the rule. */
    public boolean isCaching() {
        return caching;
    }

    /** Makes what the next command reads an exception, or not. */
    public void caching(boolean yes) {
        caching = yes;
    }

    /** Whether what a command reads now is to be remembered. */
    public boolean remembers() {
        return options != null
                && !options.broadcast()
                && !(options.optIn() && !caching)
                && !(options.optOut() && caching);
    }

    /** Whether the client that was to hear instead has gone. */
    public boolean isRedirectionBroken() {
        return redirectionBroken;
    }

    void redirectionBroken() {
        redirectionBroken = true;
    }

    /** The prefixes of a broadcast, in order. */
    public SortedSet<String> prefixes() {
        return Collections.unmodifiableSortedSet(prefixes);
    }

    /** Bytes that the prefixes take, about. */
    public long memoryBytes() {
        return bytes;
    }

    void addPrefix(String prefix) {
        if (prefixes.add(prefix)) {
            bytes += PREFIX_BYTES + prefix.length();
        }
    }

    void clearPrefixes() {
        prefixes.clear();
        bytes = 0;
    }
}
