// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a snapshot as servers of the versions 7.2 and 8 do, which know nothing of what later ones
 * have added: anything else is an error. Confined to the test's thread.
 */
final class Rdb11 {
    private static final int LZF = 3;

    private final String content;
    private final Map<String, Integer> keys = new TreeMap<>();
    private int at;

    private Rdb11(String content) {
        this.content = content;
    }

    /**
     * Reads one to its end.
     *
     * @param content one char for each byte
     * @return the layout of each key's value
     */
    static Map<String, Integer> read(String content) {
        assertTrue(content.startsWith("REDIS0011"), () -> content.substring(0, 9));
        Rdb11 reader = new Rdb11(content);
        reader.at = 9;
        while (reader.record()) {
            // Everything is noted by the way.
        }
        assertEquals(8, content.length() - reader.at, "behind the end");
        return reader.keys;
    }

    private int next() {
        int value = content.charAt(at);
        at++;
        return value;
    }

    /** Reads one; false at the end. */
    private boolean record() {
        int code = next();
        switch (code) {
            case 245 -> text(); // A library of functions.
            case 248 -> length(); // How long nobody used it.
            case 249 -> next(); // How often it was used.
            case 250 -> { // A field of facts.
                text();
                text();
            }
            case 251 -> { // How large the tables are.
                length();
                length();
            }
            case 252 -> at += 8; // When it ends.
            case 254 -> length(); // A database.
            case 255 -> {
                return false;
            }
            default -> {
                String key = text();
                keys.put(key, code);
                value(key, code);
            }
        }
        return true;
    }

    private void value(String key, int layout) {
        switch (layout) {
            case 0, 11, 16, 17, 20 -> text(); // In one piece.
            case 2 -> texts(length());
            case 4 -> texts(2 * length());
            case 5 -> scores();
            case 18 -> nodes();
            case 21 -> stream();
            default -> throw new AssertionError(key + " has the layout " + layout);
        }
    }

    private void texts(long count) {
        for (long i = 0; i < count; i++) {
            text();
        }
    }

    private void scores() {
        for (long left = length(); left > 0; left--) {
            text();
            at += 8;
        }
    }

    private void nodes() {
        for (long left = length(); left > 0; left--) {
            long form = length();
            assertTrue(form == 1 || form == 2, () -> "a node of the form " + form);
            text();
        }
    }

    private void stream() {
        texts(2 * length()); // Ids and entries.
        lengths(8); // Length, the last, the first and the largest deleted id, all ever added.
        for (long groups = length(); groups > 0; groups--) {
            text();
            lengths(3); // The last id, how many were read.
            for (long pending = length(); pending > 0; pending--) {
                at += 16 + 8; // Id and time.
                length();
            }
            for (long consumers = length(); consumers > 0; consumers--) {
                text();
                at += 8 + 8;
                int own = (int) length();
                at += 16 * own;
            }
        }
    }

    private void lengths(int count) {
        for (int i = 0; i < count; i++) {
            length();
        }
    }

    private long length() {
        int first = next();
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> (first & 63) << 8 | next();
            case 2 -> number(first == 0x80 ? 4 : 8);
            default -> throw new AssertionError("no length at " + (at - 1));
        };
    }

    private long number(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    /** A string; null for one that is not there to be read, being compressed. */
    private String text() {
        int first = content.charAt(at);
        if (first >> 6 != 3) {
            int length = (int) length();
            at += length;
            return content.substring(at - length, at);
        }
        at++;
        int form = first & 63;
        if (form == LZF) {
            int compressed = (int) length();
            length();
            at += compressed;
            return null;
        }
        long value = 0;
        for (int i = 0; i < 1 << form; i++) {
            value |= (long) next() << 8 * i;
        }
        int unused = 64 - (8 << form);
        return Long.toString(value << unused >> unused);
    }
}
