// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import dev.sigrun.kernel.load.read.Feed;
import dev.sigrun.kernel.load.read.ReadEnd;
import dev.sigrun.kernel.load.read.ReadRules;
import dev.sigrun.kernel.load.read.RecordReader;
import dev.sigrun.kernel.load.read.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Reads a file from end to end and sums up what it holds. One thread. */
public final class Survey {
    private static final Comparator<KeySize> BY_SIZE = Comparator.comparingLong(KeySize::bytes);

    /** Files have a dozen. */
    private static final int FIELDS_MAX = 100;

    private final int largestWanted;
    private final Map<String, Tally> types = new TreeMap<>();
    private final Map<Integer, Tally> databases = new TreeMap<>();
    private final Tally all = new Tally();
    private final PriorityQueue<KeySize> largest = new PriorityQueue<>(BY_SIZE);
    private final Map<String, String> fields = new LinkedHashMap<>();
    private long libraries;
    private int version;
    private ReadEnd end;

    /**
     * Makes one that has read nothing.
     *
     * @param largestWanted how many of the largest keys are named
     */
    public Survey(int largestWanted) {
        this.largestWanted = largestWanted;
    }

    /** Reads everything; whatever comes behind the data stays unread. */
    public void run(Feed feed) {
        Window in = new Window(feed, true);
        ReadRules rules = new ReadRules(true, false, Integer.MAX_VALUE);
        try (SurveyRecords records = new SurveyRecords(in, this);
                RecordReader reader = new RecordReader(rules, in, records)) {
            end = reader.run();
            version = reader.version();
        }
    }

    /** How the reading ended; null before. */
    public ReadEnd end() {
        return end;
    }

    /** The version of the format. */
    int version() {
        return version;
    }

    /** Auxiliary fields by name. */
    Map<String, String> fields() {
        return fields;
    }

    /** How many libraries of functions there are. */
    long libraries() {
        return libraries;
    }

    Map<String, Tally> types() {
        return types;
    }

    Map<Integer, Tally> databases() {
        return databases;
    }

    Tally all() {
        return all;
    }

    /** The largest keys, the largest first. */
    List<KeySize> largest() {
        List<KeySize> sorted = new ArrayList<>(largest);
        sorted.sort(BY_SIZE.reversed());
        return sorted;
    }

    // ---- what is read ----

    /** Whether a key of so many bytes is among the largest so far, so that its name matters. */
    boolean isLarge(long bytes) {
        return largest.size() < largestWanted
                || largestWanted > 0 && bytes > largest.peek().bytes();
    }

    void add(KeySize key) {
        all.add(key);
        types.computeIfAbsent(key.type(), _ -> new Tally()).add(key);
        databases.computeIfAbsent(key.db(), _ -> new Tally()).add(key);
        if (key.name() != null) {
            largest.add(key);
            if (largest.size() > largestWanted) {
                largest.remove();
            }
        }
    }

    void field(String name, String value) {
        if (fields.size() < FIELDS_MAX) {
            fields.put(name, value);
        }
    }

    void library() {
        libraries++;
    }
}
