// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Picks from documentation what is of the kind it should be, and passes over the rest. */
final class DocsFields {
    private DocsFields() {}

    /** A map whose keys are known to be strings, as they are in JSON. */
    static Map<String, Object> named(Map<?, ?> fields) {
        Map<String, Object> named = new LinkedHashMap<>();
        fields.forEach((name, value) -> named.put(String.valueOf(name), value));
        return named;
    }

    /** A text that is not empty, or null. */
    static String text(Map<String, Object> fields, String name) {
        return fields.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** The texts of a list. */
    static List<String> texts(Map<String, Object> fields, String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : items(fields.get(name))) {
            if (item instanceof String text) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The objects of a list. */
    static List<Map<String, Object>> objects(Map<String, Object> fields, String name) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object item : items(fields.get(name))) {
            if (item instanceof Map<?, ?> object) {
                objects.add(named(object));
            }
        }
        return objects;
    }

    /** The pairs of a list of pairs. */
    static List<List<String>> pairs(Map<String, Object> fields, String name) {
        List<List<String>> pairs = new ArrayList<>();
        for (Object item : items(fields.get(name))) {
            List<?> pair = items(item);
            if (pair.size() == 2) {
                pairs.add(List.of(String.valueOf(pair.get(0)), String.valueOf(pair.get(1))));
            }
        }
        return pairs;
    }

    private static List<?> items(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
