// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import java.util.Random;

/** Random contents of arguments, few enough that commands meet each other's. One thread. */
final class Values {
    /** Seconds that a command waits at most; no other argument looks like it. */
    static final String SHORT_WAIT = "0.01";

    /** So many databases get keys, the first by all commands and the rest by COPY and MOVE. */
    static final int DATABASES = 2;

    private static final long FAR_SECONDS = 4_000_000_000L;
    private static final String[] INTEGERS = {
        "0",
        "1",
        "-1",
        "2",
        "3",
        "5",
        "-2",
        "-3",
        "10",
        "7",
        "100",
        "-100",
        "4294967296",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "x",
        "",
        "1.5",
        " 1"
    };
    private static final String[] DOUBLES = {
        "0",
        "1",
        "-1",
        "1.5",
        "2.25",
        "-3.75",
        "3",
        "10",
        "1e3",
        "inf",
        "-inf",
        "+inf",
        "1e300",
        "0.1",
        "-0",
        "nan",
        "abc",
        "3.0000000000000001e2"
    };
    private static final String[] LEX = {"-", "+", "[m1", "(m1", "[m15", "(m3", "[", "m", "[m9"};
    private static final String[] RANGE = {
        "-inf", "+inf", "0", "1", "(1", "(2.5", "3", "-5", "(inf", "10", "x"
    };

    private final Random random;
    private long nextStreamMillis = 1;

    Values(Random random) {
        this.random = random;
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A key that mostly holds what the group works on. */
    String key(String group) {
        int number = random.nextInt(4);
        if (chance(4)) {
            return "any:" + number;
        }
        return switch (group) {
            case "generic" -> key(ANY[random.nextInt(ANY.length)]);
            default -> group + ":" + number;
        };
    }

    private static final String[] ANY = {
        "string", "list", "hash", "set", "sorted-set", "stream", "geo", "hyperloglog", "bitmap"
    };

    /** A member, a field, an element or a value. */
    String content() {
        int kind = random.nextInt(100);
        if (kind < 60) {
            return "m" + random.nextInt(24);
        }
        if (kind < 80) {
            return Integer.toString(random.nextInt(40) - 10);
        }
        if (kind < 84) {
            return Long.toString(random.nextLong());
        }
        if (kind < 88) {
            return Double.toString(random.nextInt(1000) / 8.0);
        }
        if (kind < 90) {
            return "";
        }
        if (kind < 94) {
            return bytes(1 + random.nextInt(12));
        }
        if (kind < 98) {
            return "v".repeat(60 + random.nextInt(10));
        }
        return bytes(random.nextInt(chance(10) ? 20_000 : 800));
    }

    private String bytes(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }

    String integer(String name) {
        return switch (name) {
            case "seconds" -> pick(new String[] {"100000", "300000", "0", "-1", "x"});
            case "milliseconds" -> pick(new String[] {"150000000", "250000000", "0", "-1", "x"});
            case "unix-time-seconds" ->
                    pick(new String[] {"" + FAR_SECONDS, "" + (FAR_SECONDS + 7), "1", "0", "-1"});
            case "unix-time-milliseconds" ->
                    pick(new String[] {FAR_SECONDS + "000", FAR_SECONDS + "123", "1", "0", "-5"});
            case "timeout" -> SHORT_WAIT;
            case "offset" -> Integer.toString(random.nextInt(chance(5) ? 60_000 : 200));
            case "bit" -> chance(95) ? Integer.toString(random.nextInt(2)) : pick(INTEGERS);
            case "cursor" -> "0";
            // Valkey takes the smallest of all numbers for an index within the list.
            case "index" -> Integer.toString(random.nextInt(20) - 6);
            case "db", "destination-db" ->
                    chance(95) ? Integer.toString(random.nextInt(DATABASES)) : pick(INTEGERS);
            case "min-idle-time" -> chance(50) ? "0" : "100000000";
            case "ms", "unix-time" -> "1000";
            case "longitude", "latitude" -> coordinate(name);
            default -> chance(85) ? Integer.toString(random.nextInt(20) - 4) : pick(INTEGERS);
        };
    }

    private String coordinate(String name) {
        int most = name.equals("longitude") ? 180 : 85;
        return Double.toString((random.nextInt(2000) - 1000) / 1000.0 * most);
    }

    String dbl(String name) {
        return switch (name) {
            case "timeout" -> SHORT_WAIT;
            case "longitude", "latitude" -> coordinate(name);
            case "radius", "width", "height" ->
                    chance(90) ? Integer.toString(random.nextInt(20_000)) : pick(DOUBLES);
            default -> chance(80) ? Double.toString(random.nextInt(80) / 4.0 - 5) : pick(DOUBLES);
        };
    }

    /** A text whose form depends on what it is for. */
    String text(String command, String name) {
        boolean stream = command.startsWith("x");
        return switch (name) {
            case "min", "max" -> command.contains("lex") ? pick(LEX) : pick(RANGE);
            case "start", "stop", "end" ->
                    stream ? streamRange() : command.equals("zrange") ? rangeAny() : integer("");
            case "id",
                    "lastid",
                    "last-id",
                    "threshold",
                    "min-id",
                    "entries-added",
                    "max-deleted-id",
                    "max-deleted-entry-id",
                    "entriesread",
                    "start-id" ->
                    streamId(command, name);
            case "group" -> "g" + random.nextInt(2);
            case "consumer" -> "c" + random.nextInt(3);
            case "encoding" -> (chance(50) ? "u" : "i") + (1 + random.nextInt(chance(5) ? 70 : 63));
            case "offset" -> (chance(30) ? "#" : "") + random.nextInt(60);
            case "by-pattern" -> chance(50) ? "string:*" : "hash:*->m1";
            case "get-pattern" -> pick(SORT_GETS);
            case "pattern" -> pick(PATTERNS);
            case "event" -> content();
            default -> content();
        };
    }

    private static final String[] PATTERNS = {"*", "m*", "m1?", "[a-m]*", "*:1", "\\*", "nothing"};

    private static final String[] SORT_GETS = {"#", "string:*", "hash:*->m2", "hash:*->"};

    private String rangeAny() {
        return switch (random.nextInt(3)) {
            case 0 -> pick(LEX);
            case 1 -> pick(RANGE);
            default -> integer("");
        };
    }

    private String streamRange() {
        int kind = random.nextInt(8);
        return switch (kind) {
            case 0, 1 -> "-";
            case 2, 3 -> "+";
            case 4 -> "(" + oldStreamId();
            case 5 -> Long.toString(1 + random.nextLong(nextStreamMillis));
            default -> oldStreamId();
        };
    }

    private String oldStreamId() {
        return (1 + random.nextLong(nextStreamMillis)) + "-" + random.nextInt(3);
    }

    private String streamId(String command, String name) {
        if (name.startsWith("entries")) {
            return integer("count");
        }
        if (command.equals("xadd")) {
            if (name.equals("threshold") || chance(8)) {
                return chance(50) ? Integer.toString(random.nextInt(30)) : oldStreamId();
            }
            nextStreamMillis += random.nextInt(2);
            return nextStreamMillis
                    + "-"
                    + (chance(30) ? "*" : Integer.toString(random.nextInt(9)));
        }
        int kind = random.nextInt(10);
        if (command.equals("xreadgroup") && kind < 6) {
            return ">";
        }
        return kind == 0 ? "$" : kind == 1 ? "0" : kind == 2 ? "-" : oldStreamId();
    }
}
