// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What streams do, written down in sorted maps; answers as a server does over RESP2. Identifiers
 * have halves below 1000. Confined to the test's thread.
 */
final class StreamModel {
    private static final String NIL = "_";
    private static final String SMALLER =
            "-ERR The ID specified in XADD is equal or smaller than the target stream top item";

    private static final class Stream {
        private final TreeMap<Integer, List<String>> entries = new TreeMap<>();
        private final TreeMap<String, Group> groups = new TreeMap<>();
        private int last;
    }

    private static final class Group {
        private final TreeMap<Integer, Pending> pending = new TreeMap<>();
        private final TreeMap<String, String> consumers = new TreeMap<>();
        private int last;
    }

    private static final class Pending {
        private String consumer;
        private int deliveries;
    }

    private final TreeMap<String, Stream> streams = new TreeMap<>();

    /** An identifier as one number. */
    static int id(int ms, int seq) {
        return 1000 * ms + seq;
    }

    static String text(int id) {
        return id / 1000 + "-" + id % 1000;
    }

    private static String bulk(int id) {
        return "$\"" + text(id) + "\"";
    }

    private static String array(List<String> items) {
        return "*[" + String.join(", ", items) + "]";
    }

    private static String entry(int id, List<String> fields) {
        if (fields == null) {
            return array(List.of(bulk(id), NIL));
        }
        List<String> shown = fields.stream().map(field -> "$\"" + field + "\"").toList();
        return array(List.of(bulk(id), array(shown)));
    }

    private static String entries(NavigableMap<Integer, List<String>> range, int count) {
        return array(
                range.entrySet().stream()
                        .limit(count == 0 ? Long.MAX_VALUE : count)
                        .map(one -> entry(one.getKey(), one.getValue()))
                        .toList());
    }

    String add(String key, int id, List<String> fields) {
        Stream stream = streams.computeIfAbsent(key, absent -> new Stream());
        if (id <= stream.last) {
            return SMALLER;
        }
        stream.entries.put(id, fields);
        stream.last = id;
        return bulk(id);
    }

    /** The identifier that is chosen for a time; 0 when there is none. */
    int next(String key, int ms) {
        int last = streams.containsKey(key) ? streams.get(key).last : 0;
        return last / 1000 == ms ? last + 1 : last / 1000 > ms ? 0 : id(ms, 0);
    }

    String delete(String key, List<Integer> ids) {
        Stream stream = streams.get(key);
        int deleted = 0;
        for (int id : ids) {
            deleted += stream != null && stream.entries.remove(id) != null ? 1 : 0;
        }
        return ":" + deleted;
    }

    String trimToLength(String key, int length) {
        Stream stream = streams.get(key);
        int deleted = 0;
        while (stream != null && stream.entries.size() > length) {
            stream.entries.pollFirstEntry();
            deleted++;
        }
        return ":" + deleted;
    }

    String trimToId(String key, int id) {
        Stream stream = streams.get(key);
        int before = stream == null ? 0 : stream.entries.size();
        if (stream != null) {
            stream.entries.headMap(id).clear();
        }
        return ":" + (before - (stream == null ? 0 : stream.entries.size()));
    }

    String length(String key) {
        return ":" + (streams.containsKey(key) ? streams.get(key).entries.size() : 0);
    }

    String range(String key, int from, int to, int count, boolean backwards) {
        Stream stream = streams.get(key);
        if (stream == null || from > to) {
            return "*[]";
        }
        NavigableMap<Integer, List<String>> range = stream.entries.subMap(from, true, to, true);
        return entries(backwards ? range.descendingMap() : range, count);
    }

    String read(String key, int behind, int count) {
        Stream stream = streams.get(key);
        if (stream == null || stream.entries.isEmpty() || stream.entries.lastKey() <= behind) {
            return NIL;
        }
        return of(key, entries(stream.entries.tailMap(behind, false), count));
    }

    private static String of(String key, String entries) {
        return array(List.of(array(List.of("$\"" + key + "\"", entries))));
    }

    // ---- groups ----

    private Group group(String key, String name) {
        Stream stream = streams.get(key);
        return stream == null ? null : stream.groups.get(name);
    }

    String create(String key, String name, int last) {
        Stream stream = streams.computeIfAbsent(key, absent -> new Stream());
        if (stream.groups.containsKey(name)) {
            return "-BUSYGROUP Consumer Group name already exists";
        }
        Group group = new Group();
        group.last = last;
        stream.groups.put(name, group);
        return "+OK";
    }

    boolean has(String key, String name) {
        return group(key, name) != null;
    }

    boolean has(String key) {
        return streams.containsKey(key);
    }

    String destroy(String key, String name) {
        return ":" + (streams.get(key).groups.remove(name) == null ? 0 : 1);
    }

    String setId(String key, String name, int last) {
        group(key, name).last = last;
        return "+OK";
    }

    String dropConsumer(String key, String name, String consumer) {
        Group group = group(key, name);
        int before = group.pending.size();
        group.pending.values().removeIf(one -> one.consumer.equals(consumer));
        group.consumers.remove(consumer);
        return ":" + (before - group.pending.size());
    }

    String readNews(String key, String name, String consumer, int count, boolean noAck) {
        Stream stream = streams.get(key);
        Group group = group(key, name);
        group.consumers.put(consumer, consumer);
        NavigableMap<Integer, List<String>> news = stream.entries.tailMap(group.last, false);
        if (news.isEmpty()) {
            return NIL;
        }
        String reply = of(key, entries(news, count));
        List<Integer> ids = new ArrayList<>(news.keySet());
        for (int id : count == 0 ? ids : ids.subList(0, Math.min(count, ids.size()))) {
            group.last = id;
            if (!noAck) {
                give(group, id, consumer).deliveries = 1;
            }
        }
        return reply;
    }

    private static Pending give(Group group, int id, String consumer) {
        Pending pending = group.pending.computeIfAbsent(id, absent -> new Pending());
        pending.consumer = consumer;
        return pending;
    }

    String readHistory(String key, String name, String consumer, int behind, int count) {
        Stream stream = streams.get(key);
        Group group = group(key, name);
        group.consumers.put(consumer, consumer);
        List<String> found = new ArrayList<>();
        group.pending
                .tailMap(behind, false)
                .forEach((id, pending) -> {
                    if (pending.consumer.equals(consumer) && (count == 0 || found.size() < count)) {
                        List<String> fields = stream.entries.get(id);
                        pending.deliveries += fields == null ? 0 : 1;
                        found.add(entry(id, fields));
                    }
                });
        return of(key, array(found));
    }

    String acknowledge(String key, String name, List<Integer> ids) {
        Group group = group(key, name);
        int done = 0;
        for (int id : ids) {
            done += group != null && group.pending.remove(id) != null ? 1 : 0;
        }
        return ":" + done;
    }

    String claim(String key, String name, String consumer, List<Integer> ids, boolean force) {
        Stream stream = streams.get(key);
        Group group = group(key, name);
        group.consumers.put(consumer, consumer);
        List<String> claimed = new ArrayList<>();
        for (int id : ids) {
            if (!stream.entries.containsKey(id)) {
                group.pending.remove(id);
            } else if (force || group.pending.containsKey(id)) {
                boolean isNew = !group.pending.containsKey(id);
                give(group, id, consumer).deliveries += isNew ? 2 : 1;
                claimed.add(entry(id, stream.entries.get(id)));
            }
        }
        return array(claimed);
    }

    String claimAll(String key, String name, String consumer, int from, int count) {
        Stream stream = streams.get(key);
        Group group = group(key, name);
        group.consumers.put(consumer, consumer);
        List<String> claimed = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        Integer next = group.pending.ceilingKey(from);
        while (next != null && claimed.size() + deleted.size() < count) {
            int id = next;
            if (stream.entries.containsKey(id)) {
                give(group, id, consumer).deliveries++;
                claimed.add(entry(id, stream.entries.get(id)));
            } else {
                group.pending.remove(id);
                deleted.add(bulk(id));
            }
            next = group.pending.higherKey(id);
        }
        return array(List.of(bulk(next == null ? 0 : next), array(claimed), array(deleted)));
    }

    String pending(String key, String name, String consumer, int from, int to, int count) {
        Group group = group(key, name);
        if (from > to) {
            return "*[]";
        }
        return array(
                group.pending.subMap(from, true, to, true).entrySet().stream()
                        .filter(one -> consumer == null || one.getValue().consumer.equals(consumer))
                        .limit(count)
                        .map(one ->
                                array(
                                        List.of(
                                                bulk(one.getKey()),
                                                "$\"" + one.getValue().consumer + "\"",
                                                ":0",
                                                ":" + one.getValue().deliveries)))
                        .toList());
    }

    String summary(String key, String name) {
        Group group = group(key, name);
        if (group.pending.isEmpty()) {
            return "*[:0, _, _, _]";
        }
        TreeMap<String, Long> counts =
                group.pending.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        one -> one.consumer, TreeMap::new, Collectors.counting()));
        List<String> shown = new ArrayList<>();
        counts.forEach(
                (consumer, count) -> shown.add("*[$\"" + consumer + "\", $\"" + count + "\"]"));
        return array(
                List.of(
                        ":" + group.pending.size(),
                        bulk(group.pending.firstKey()),
                        bulk(group.pending.lastKey()),
                        array(shown)));
    }

    /** Names of the groups and how many consumers each has. */
    String groups(String key) {
        return streams.get(key).groups.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue().consumers.size())
                .collect(Collectors.joining(" "));
    }

    String remove(String key) {
        return ":" + (streams.remove(key) == null ? 0 : 1);
    }
}
