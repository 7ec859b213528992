// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import dev.sigrun.testkit.Quoting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What list commands do, said once more in the plainest way. Answers in the one-line form of {@link
 * dev.sigrun.testkit.Reply}.
 */
final class ListModel {
    private final Map<String, List<String>> lists = new HashMap<>();

    String run(String[] words) {
        String key = words[1];
        List<String> list = list(key);
        return switch (words[0]) {
            case "RPUSH", "LPUSH" -> push(words, key, list);
            case "RPUSHX", "LPUSHX" -> list.isEmpty() ? ":0" : push(words, key, list);
            case "LPOP", "RPOP" -> pop(words, key, list);
            case "LINDEX" -> index(list, Integer.parseInt(words[2]));
            case "LRANGE" -> array(range(list, words));
            case "LSET" -> set(list, words);
            case "LINSERT" -> insert(list, words);
            case "LTRIM" -> trim(key, list, words);
            case "LREM" -> remove(key, list, Integer.parseInt(words[2]), words[3]);
            case "LPOS" -> positions(list, words);
            case "LMOVE" -> move(key, words[2], words[3].equals("LEFT"), words[4].equals("LEFT"));
            case "RPOPLPUSH" -> move(key, words[2], false, true);
            case "LMPOP" -> popFirst(words);
            default -> throw new AssertionError(words[0]);
        };
    }

    private List<String> list(String key) {
        return lists.getOrDefault(key, new ArrayList<>());
    }

    private void keep(String key, List<String> list) {
        if (list.isEmpty()) {
            lists.remove(key);
        } else {
            lists.put(key, list);
        }
    }

    private static String bulk(String text) {
        return text == null ? "_" : "$" + Quoting.quote(text);
    }

    private static String array(List<String> elements) {
        return elements.stream().map(ListModel::bulk).collect(Collectors.joining(", ", "*[", "]"));
    }

    private String push(String[] words, String key, List<String> list) {
        for (int at = 2; at < words.length; at++) {
            list.add(words[0].startsWith("L") ? 0 : list.size(), words[at]);
        }
        keep(key, list);
        return ":" + list.size();
    }

    private List<String> take(String key, boolean left, int max) {
        List<String> list = list(key);
        List<String> taken = new ArrayList<>();
        while (taken.size() < max && !list.isEmpty()) {
            taken.add(left ? list.removeFirst() : list.removeLast());
        }
        keep(key, list);
        return taken;
    }

    private String pop(String[] words, String key, List<String> list) {
        if (list.isEmpty()) {
            return "_";
        }
        boolean left = words[0].equals("LPOP");
        return words.length == 2
                ? bulk(take(key, left, 1).getFirst())
                : array(take(key, left, Integer.parseInt(words[2])));
    }

    private static String index(List<String> list, int index) {
        int at = index < 0 ? index + list.size() : index;
        return bulk(at >= 0 && at < list.size() ? list.get(at) : null);
    }

    private static List<String> range(List<String> list, String[] words) {
        int size = list.size();
        int start = Integer.parseInt(words[2]);
        int stop = Integer.parseInt(words[3]);
        int from = Math.max(0, start < 0 ? start + size : start);
        int to = Math.min(size, (stop < 0 ? stop + size : stop) + 1);
        return from < to ? list.subList(from, to) : List.of();
    }

    private static String set(List<String> list, String[] words) {
        int index = Integer.parseInt(words[2]);
        int at = index < 0 ? index + list.size() : index;
        if (list.isEmpty()) {
            return "-ERR no such key";
        }
        if (at < 0 || at >= list.size()) {
            return "-ERR index out of range";
        }
        list.set(at, words[3]);
        return "+OK";
    }

    private static String insert(List<String> list, String[] words) {
        int at = list.indexOf(words[3]);
        if (at < 0) {
            return list.isEmpty() ? ":0" : ":-1";
        }
        list.add(words[2].equals("AFTER") ? at + 1 : at, words[4]);
        return ":" + list.size();
    }

    private String trim(String key, List<String> list, String[] words) {
        keep(key, new ArrayList<>(range(list, words)));
        return "+OK";
    }

    private String remove(String key, List<String> list, int count, String element) {
        List<String> view = count < 0 ? list.reversed() : list;
        int max = count == 0 ? list.size() : Math.abs(count);
        int removed = 0;
        while (removed < max && view.remove(element)) {
            removed++;
        }
        keep(key, list);
        return ":" + removed;
    }

    private static String positions(List<String> list, String[] words) {
        int rank = Integer.parseInt(words[4]);
        int max = Integer.parseInt(words[6]);
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at < list.size(); at++) {
            if (list.get(at).equals(words[2])) {
                found.add(at);
            }
        }
        if (rank < 0) {
            Collections.reverse(found);
        }
        return found.stream()
                .skip(Math.abs(rank) - 1)
                .limit(max == 0 ? Integer.MAX_VALUE : max)
                .map(at -> ":" + at)
                .collect(Collectors.joining(", ", "*[", "]"));
    }

    private String move(String source, String target, boolean fromLeft, boolean toLeft) {
        if (list(source).isEmpty()) {
            return "_";
        }
        String element = take(source, fromLeft, 1).getFirst();
        List<String> list = list(target);
        list.add(toLeft ? 0 : list.size(), element);
        keep(target, list);
        return bulk(element);
    }

    private String popFirst(String[] words) {
        for (String key : List.of(words[2], words[3])) {
            if (!list(key).isEmpty()) {
                int count = Integer.parseInt(words[6]);
                return "*["
                        + bulk(key)
                        + ", "
                        + array(take(key, words[4].equals("LEFT"), count))
                        + "]";
            }
        }
        return "_";
    }
}
