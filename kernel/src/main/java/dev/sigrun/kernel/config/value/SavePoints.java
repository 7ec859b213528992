// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The directive save: pairs of seconds and changes. In a file the pairs of several lines add up;
 * CONFIG SET replaces them all, and an empty value switches snapshots off.
 */
public final class SavePoints implements Form<List<SavePoints.SavePoint>> {
    /** Save when at least so many changes have happened and so much time has passed. */
    public record SavePoint(long seconds, int changes) {}

    @Override
    public List<SavePoint> initial() {
        return List.of(new SavePoint(3600, 1), new SavePoint(300, 100), new SavePoint(60, 10_000));
    }

    @Override
    public List<SavePoint> parse(List<String> words, List<SavePoint> old, boolean loading) {
        if (words.size() == 1 && words.get(0).isEmpty()) {
            return List.of();
        }
        if (words.size() % 2 != 0) {
            throw new ConfigRejected("Invalid save parameters");
        }
        List<SavePoint> points = new ArrayList<>(loading ? old : List.of());
        for (int i = 0; i < words.size(); i += 2) {
            long seconds = number(words.get(i), 1);
            long changes = number(words.get(i + 1), 0);
            points.add(new SavePoint(seconds, (int) changes));
        }
        return List.copyOf(points);
    }

    @Override
    public String print(List<SavePoint> points) {
        StringBuilder out = new StringBuilder();
        for (SavePoint point : points) {
            out.append(out.isEmpty() ? "" : " ").append(point.seconds());
            out.append(' ').append(point.changes());
        }
        return out.toString();
    }

    @Override
    public List<RewriteLine> lines(String name, List<SavePoint> points) {
        String value = points.isEmpty() ? "\"\"" : print(points);
        return List.of(new RewriteLine(name + " " + value, true));
    }

    private static long number(String word, long min) {
        Long number = Numbers.lenient(word);
        if (number == null || number < min) {
            throw new ConfigRejected("Invalid save parameters");
        }
        return number;
    }
}
