// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Members and scores in replies of both protocols. */
final class SortedSetAnswers {
    private SortedSetAnswers() {}

    static List<String> members(List<Map.Entry<String, Double>> entries) {
        return entries.stream().map(Map.Entry::getKey).toList();
    }

    static List<String> texts(Reply reply) {
        return reply.items().stream().map(Reply::bulk).toList();
    }

    static double number(Reply reply) {
        String text = reply.toString().replaceAll("[,$\"]", "");
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** Members and scores of a reply, whether flat or nested. */
    static List<Map.Entry<String, Double>> pairs(Reply reply) {
        List<Map.Entry<String, Double>> pairs = new ArrayList<>();
        List<Reply> items = reply.items();
        boolean nested = !items.isEmpty() && !items.getFirst().items().isEmpty();
        for (int i = 0; i < items.size(); i += nested ? 1 : 2) {
            Reply member = nested ? items.get(i).items().get(0) : items.get(i);
            Reply score = nested ? items.get(i).items().get(1) : items.get(i + 1);
            pairs.add(Map.entry(member.bulk(), number(score)));
        }
        return pairs;
    }

    static void assertSame(
            List<Map.Entry<String, Double>> expected, List<Map.Entry<String, Double>> found) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).getKey(), found.get(i).getKey());
            // A zero's sign may be lost in a small set.
            assertEquals(expected.get(i).getValue() + 0.0, found.get(i).getValue() + 0.0);
        }
    }
}
