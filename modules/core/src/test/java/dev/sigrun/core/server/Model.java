// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * What strings and times to live do, said once more in the plainest way. Answers in the one-line
 * form of {@link dev.sigrun.testkit.Reply}. Confined to the test's thread.
 */
final class Model {
    private static final String NOT_AN_INTEGER = "-ERR value is not an integer or out of range";

    private record Entry(String value, long expireAt) {}

    private final Map<String, Entry> entries = new TreeMap<>();
    private final LongSupplier now;

    Model(LongSupplier now) {
        this.now = now;
    }

    String run(List<String> words) {
        String key = words.get(1);
        return switch (words.getFirst()) {
            case "SET" -> set(words, key);
            case "GET" -> bulk(value(key));
            case "GETDEL" -> getAndRemove(key);
            case "GETSET" -> getAndSet(key, words.get(2));
            case "GETEX" -> getAndExpire(words, key);
            case "STRLEN" -> ":" + text(key).length();
            case "APPEND" -> keep(key, text(key) + words.get(2));
            case "SETRANGE" -> setRange(key, Integer.parseInt(words.get(2)), words.get(3));
            case "GETRANGE" -> getRange(key, number(words, 2), number(words, 3));
            case "INCRBY" -> increment(key, Long.parseLong(words.get(2)));
            case "DEL" -> ":" + (remove(key) + (words.size() > 2 ? remove(words.get(2)) : 0));
            case "EXISTS" -> value(key) == null ? ":0" : ":1";
            case "PEXPIRE" -> expire(key, Long.parseLong(words.get(2)));
            case "PERSIST" -> persist(key);
            case "PTTL" -> ":" + millisLeft(key);
            case "TTL" -> ":" + secondsLeft(key);
            case "RENAME" -> rename(key, words.get(2));
            case "RENAMENX" ->
                    value(words.get(2)) != null && value(key) != null
                            ? ":0"
                            : rename(key, words.get(2)).replace("+OK", ":1");
            case "COPY" -> copy(key, words.get(2), words.size() > 3);
            case "MSET" -> putBoth(words);
            case "MGET" -> "*[" + bulk(value(key)) + ", " + bulk(value(words.get(2))) + "]";
            default -> throw new AssertionError(words);
        };
    }

    private static int number(List<String> words, int index) {
        return Integer.parseInt(words.get(index));
    }

    private Entry entry(String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.expireAt != -1 && now.getAsLong() > entry.expireAt) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    private String value(String key) {
        Entry entry = entry(key);
        return entry == null ? null : entry.value;
    }

    private String text(String key) {
        String value = value(key);
        return value == null ? "" : value;
    }

    private static String bulk(String value) {
        return value == null ? "_" : "$\"" + value + "\"";
    }

    private int remove(String key) {
        boolean there = entry(key) != null;
        entries.remove(key);
        return there ? 1 : 0;
    }

    private String keep(String key, String value) {
        Entry old = entry(key);
        entries.put(key, new Entry(value, old == null ? -1 : old.expireAt));
        return ":" + value.length();
    }

    private String set(List<String> words, String key) {
        Entry old = entry(key);
        long expireAt = -1;
        boolean allowed = true;
        boolean get = false;
        for (int i = 3; i < words.size(); i++) {
            switch (words.get(i)) {
                case "NX" -> allowed = old == null;
                case "XX" -> allowed = old != null;
                case "GET" -> get = true;
                case "KEEPTTL" -> expireAt = old == null ? -1 : old.expireAt;
                case "PX" -> expireAt = now.getAsLong() + Long.parseLong(words.get(++i));
                default -> throw new AssertionError(words);
            }
        }
        if (allowed) {
            entries.put(key, new Entry(words.get(2), expireAt));
        }
        if (get) {
            return bulk(old == null ? null : old.value);
        }
        return allowed ? "+OK" : "_";
    }

    private String getAndRemove(String key) {
        String old = value(key);
        entries.remove(key);
        return bulk(old);
    }

    private String getAndSet(String key, String value) {
        String old = value(key);
        entries.put(key, new Entry(value, -1));
        return bulk(old);
    }

    private String getAndExpire(List<String> words, String key) {
        String old = value(key);
        if (old != null && words.get(2).equals("PERSIST")) {
            entries.put(key, new Entry(old, -1));
        } else if (old != null) {
            entries.put(key, new Entry(old, now.getAsLong() + Long.parseLong(words.get(3))));
        }
        return bulk(old);
    }

    private String setRange(String key, int offset, String part) {
        StringBuilder text = new StringBuilder(text(key));
        if (part.isEmpty()) {
            return ":" + text.length();
        }
        while (text.length() < offset) {
            text.append('\0');
        }
        int end = Math.min(offset + part.length(), text.length());
        text.replace(offset, end, part);
        return keep(key, text.toString());
    }

    private String getRange(String key, int from, int to) {
        String text = text(key);
        int start = Math.max(from < 0 ? text.length() + from : from, 0);
        int end = Math.min(to < 0 ? Math.max(text.length() + to, 0) : to, text.length() - 1);
        boolean crossed = from < 0 && to < 0 && from > to;
        return crossed || start > end ? bulk("") : bulk(text.substring(start, end + 1));
    }

    private String increment(String key, long by) {
        String text = value(key) == null ? "0" : text(key);
        BigInteger old = text.matches("0|-?[1-9][0-9]{0,18}") ? new BigInteger(text) : null;
        if (old == null || old.bitLength() > 63) {
            return NOT_AN_INTEGER;
        }
        BigInteger sum = old.add(BigInteger.valueOf(by));
        if (sum.bitLength() > 63) {
            return "-ERR increment or decrement would overflow";
        }
        keep(key, sum.toString());
        return ":" + sum;
    }

    private String expire(String key, long millis) {
        Entry entry = entry(key);
        if (entry == null) {
            return ":0";
        }
        if (millis <= 0) {
            entries.remove(key);
        } else {
            entries.put(key, new Entry(entry.value, now.getAsLong() + millis));
        }
        return ":1";
    }

    private String persist(String key) {
        Entry entry = entry(key);
        if (entry == null || entry.expireAt == -1) {
            return ":0";
        }
        entries.put(key, new Entry(entry.value, -1));
        return ":1";
    }

    private long millisLeft(String key) {
        Entry entry = entry(key);
        if (entry == null) {
            return -2;
        }
        return entry.expireAt == -1 ? -1 : entry.expireAt - now.getAsLong();
    }

    private long secondsLeft(String key) {
        long millis = millisLeft(key);
        return millis < 0 ? millis : (millis + 500) / 1000;
    }

    private String rename(String key, String target) {
        Entry entry = entry(key);
        if (entry == null) {
            return "-ERR no such key";
        }
        entries.remove(key);
        entries.put(target, entry);
        return "+OK";
    }

    private String copy(String key, String target, boolean replace) {
        Entry entry = entry(key);
        if (entry == null || (!replace && entry(target) != null)) {
            return ":0";
        }
        entries.put(target, entry);
        return ":1";
    }

    private String putBoth(List<String> words) {
        entries.put(words.get(1), new Entry(words.get(2), -1));
        entries.put(words.get(3), new Entry(words.get(4), -1));
        return "+OK";
    }
}
