// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A sorted set said in the plainest way: a map, and a list that is kept sorted. */
final class Model {
    @SuppressWarnings("ArrayRecordComponent") // Compared by compareTo alone.
    record Element(byte[] member, double score) implements Comparable<Element> {
        @Override
        public int compareTo(Element other) {
            if (score != other.score) {
                return score < other.score ? -1 : 1;
            }
            return Arrays.compareUnsigned(member, other.member);
        }
    }

    private final Map<ByteBuffer, Double> scores = new HashMap<>();
    private final List<Element> elements = new ArrayList<>();

    int size() {
        return elements.size();
    }

    List<Element> elements() {
        return elements;
    }

    Element at(int rank) {
        return elements.get(rank);
    }

    Double score(byte[] member) {
        return scores.get(ByteBuffer.wrap(member));
    }

    void put(byte[] member, double score) {
        remove(member);
        scores.put(ByteBuffer.wrap(member), score);
        elements.add(place(new Element(member, score)), new Element(member, score));
    }

    boolean remove(byte[] member) {
        Double score = scores.remove(ByteBuffer.wrap(member));
        if (score == null) {
            return false;
        }
        elements.remove(place(new Element(member, score)));
        return true;
    }

    void removeRange(int from, int to) {
        List<Element> range = elements.subList(from, to);
        range.forEach(element -> scores.remove(ByteBuffer.wrap(element.member)));
        range.clear();
    }

    private int place(Element element) {
        int low = 0;
        int high = elements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (elements.get(middle).compareTo(element) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long rank(double score, boolean behind) {
        return elements.stream()
                .filter(e -> e.score < score || (behind && e.score == score))
                .count();
    }

    long rank(double score, byte[] member, boolean behind) {
        Element bound = new Element(member, score);
        return elements.stream().filter(e -> e.compareTo(bound) < (behind ? 1 : 0)).count();
    }
}
