// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** What collections hold and what is asked of them, all at a depth of 10. */
final class CollectionLoad {
    private static final String RANDOM = "__rand_int__";
    private static final int DEPTH = 10;
    private static final int SMALL_HASHES = 100_000;
    private static final int MEMBERS = 1_000_000;

    /** Commands that fill a server before anything is measured. */
    record Filling(int count, IntFunction<String[]> command) {}

    static final List<Filling> FILLINGS =
            List.of(
                    new Filling(1_000, i -> new String[] {"RPUSH", "range", "element:" + i}),
                    new Filling(SMALL_HASHES, CollectionLoad::smallHash),
                    new Filling(
                            MEMBERS,
                            i -> new String[] {"HSET", "hash", number("field:", i), "value:" + i}),
                    new Filling(MEMBERS, i -> new String[] {"SADD", "set", number("member:", i)}),
                    new Filling(
                            MEMBERS,
                            i -> new String[] {"ZADD", "zset", "" + i, number("member:", i)}),
                    new Filling(
                            MEMBERS, i -> new String[] {"XADD", "stream", "*", "a", "1", "b", "2"}),
                    new Filling(
                            MEMBERS,
                            i ->
                                    new String[] {
                                        "GEOADD",
                                        "places",
                                        "" + (13 + i % 1000 / 500.0),
                                        "" + (37 + Math.floorDiv(i, 1000) / 500.0),
                                        "place:" + i
                                    }));

    static final List<Workload> WORKLOADS =
            List.of(
                    load("LPUSH", "LPUSH", "list", "element:" + RANDOM),
                    load("LPOP", "LPOP", "list"),
                    load("LRANGE 100", "LRANGE", "range", "0", "99"),
                    load("HSET", "HSET", "hash", "field:" + RANDOM, "value:" + RANDOM),
                    load("HGET", "HGET", "hash", "field:" + RANDOM),
                    new Workload(
                            "HGETALL of 10",
                            List.of("HGETALL", "small:" + RANDOM),
                            DEPTH,
                            SMALL_HASHES),
                    load("SADD", "SADD", "set", "member:" + RANDOM),
                    load("SISMEMBER", "SISMEMBER", "set", "member:" + RANDOM),
                    load("ZADD", "ZADD", "zset", RANDOM, "member:" + RANDOM),
                    load("ZRANK", "ZRANK", "zset", "member:" + RANDOM),
                    load(
                            "ZRANGEBYSCORE of 10",
                            "ZRANGEBYSCORE",
                            "zset",
                            RANDOM,
                            "+inf",
                            "LIMIT",
                            "0",
                            "10"),
                    load(
                            "XADD", "XADD", "stream", "MAXLEN", "~", "1000000", "*", "a", "1", "b",
                            "2"),
                    load("XREAD of 10", "XREAD", "COUNT", "10", "STREAMS", "stream", "0"),
                    load("INCR", "INCR", "counter:" + RANDOM),
                    load("SETBIT", "SETBIT", "bits:" + RANDOM, "100", "1"),
                    load("PFADD", "PFADD", "hll", "element:" + RANDOM),
                    load(
                            "GEOADD",
                            "GEOADD",
                            "added",
                            "13." + RANDOM,
                            "38." + RANDOM,
                            "place:" + RANDOM),
                    load(
                            "GEOSEARCH",
                            "GEOSEARCH",
                            "places",
                            "FROMLONLAT",
                            "14",
                            "38",
                            "BYRADIUS",
                            "1",
                            "km"));

    private CollectionLoad() {}

    private static Workload load(String name, String... command) {
        return new Workload(name, List.of(command), DEPTH);
    }

    private static String[] smallHash(int number) {
        String[] command = new String[22];
        command[0] = "HSET";
        command[1] = number("small:", number);
        for (int field = 0; field < 10; field++) {
            command[2 + 2 * field] = "field:" + (10 + field);
            command[3 + 2 * field] = String.format(Locale.ROOT, "v%07d", number + field);
        }
        return command;
    }

    /** A name as the load generator makes it, with the number in twelve digits. */
    private static String number(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix + "000000000000".substring(digits.length()) + digits;
    }
}
