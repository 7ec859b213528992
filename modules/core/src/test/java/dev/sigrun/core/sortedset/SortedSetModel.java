// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sorted sets by the names of their keys, said in the plainest way: scores by members. */
final class SortedSetModel {
    static final Comparator<Map.Entry<String, Double>> ORDER =
            Comparator.<Map.Entry<String, Double>>comparingDouble(Map.Entry::getValue)
                    .thenComparing(Map.Entry::getKey);

    private final Map<String, Map<String, Double>> sets = new HashMap<>();

    Map<String, Double> set(String key) {
        return sets.getOrDefault(key, Map.of());
    }

    void put(String key, Map<String, Double> set) {
        if (set.isEmpty()) {
            sets.remove(key);
        } else {
            sets.put(key, set);
        }
    }

    List<Map.Entry<String, Double>> sorted(String key) {
        return set(key).entrySet().stream().sorted(ORDER).toList();
    }
}
