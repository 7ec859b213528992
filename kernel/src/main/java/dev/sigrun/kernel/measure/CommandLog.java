// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import dev.sigrun.kernel.base.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The latest commands that went past a threshold. Owner thread only. */
public final class CommandLog {
    private final Clock clock;
    private final Deque<LoggedCommand> entries = new ArrayDeque<>();
    private long threshold = -1;
    private long lengthMax = 128;
    private long nextId;

    /** A log that is off. */
    public CommandLog(Clock clock) {
        this.clock = clock;
    }

    /**
     * Says what is logged.
     *
     * @param from the least value that is logged; negative for nothing
     * @param entriesMax how many entries are kept; a negative number stands for more than there can
     *     be, since the directive has no sign
     */
    public void configure(long from, long entriesMax) {
        threshold = from;
        lengthMax = entriesMax < 0 ? Long.MAX_VALUE : entriesMax;
    }

    /** The least value that is logged; the greatest of all numbers when the log is off. */
    public long threshold() {
        return threshold < 0 || lengthMax == 0 ? Long.MAX_VALUE : threshold;
    }

    /** Adds an entry, and drops the oldest when there are too many. */
    public void add(long value, List<byte[]> arguments, String address, String clientName) {
        long seconds = clock.unixMillis() / 1000;
        entries.addFirst(
                new LoggedCommand(nextId++, seconds, value, arguments, address, clientName));
        trim();
    }

    private void trim() {
        while (entries.size() > lengthMax) {
            entries.removeLast();
        }
    }

    /** Number of entries. */
    public int length() {
        return entries.size();
    }

    /** The entries, the newest first. */
    public Iterator<LoggedCommand> newest() {
        return entries.iterator();
    }

    /** Forgets the entries; the numbers go on. */
    public void reset() {
        entries.clear();
    }
}
