// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A kind of key or element whose weight in memory is measured, with the most bytes it ought to
 * take.
 *
 * @param each how many elements a command adds
 */
record MemoryRow(String name, double target, int each, IntFunction<String[]> command) {

    MemoryRow(String name, double target, IntFunction<String[]> command) {
        this(name, target, 1, command);
    }

    private static final String VALUE = "x".repeat(80);

    static final List<MemoryRow> ALL =
            List.of(
                    new MemoryRow("16+80", 112, i -> new String[] {"SET", key(i), VALUE}),
                    new MemoryRow(
                            "16+80 TTL",
                            120,
                            i -> new String[] {"SET", key(i), VALUE, "EX", "100000"}),
                    new MemoryRow(
                            "16+16",
                            48,
                            i ->
                                    new String[] {
                                        "SET", key(i), String.format(Locale.ROOT, "val:%012d", i)
                                    }),
                    // Small integers are shared in Valkey, so these are large ones.
                    new MemoryRow(
                            "16+integer",
                            36,
                            i -> new String[] {"SET", key(i), String.valueOf(10_000_000 + i)}));

    private static final int FIELDS = 10;

    /** Elements of collections; what a command adds is divided by their number. */
    static final List<MemoryRow> ELEMENTS =
            List.of(
                    new MemoryRow("hash of 10 fields, 8+8", 22, FIELDS, MemoryRow::smallHash),
                    new MemoryRow(
                            "hash field 16+16",
                            48,
                            i -> new String[] {"HSET", "hash", text("fld", i), text("val", i)}),
                    new MemoryRow(
                            "set member 16", 30, i -> new String[] {"SADD", "set", text("mem", i)}),
                    new MemoryRow(
                            "set integer",
                            20,
                            i -> new String[] {"SADD", "set", String.valueOf(10_000_000 + i)}),
                    new MemoryRow(
                            "sorted set member 16",
                            48,
                            i -> new String[] {"ZADD", "zset", String.valueOf(i), text("mem", i)}),
                    new MemoryRow(
                            "list element 16",
                            18,
                            i -> new String[] {"RPUSH", "list", text("elm", i)}),
                    new MemoryRow("stream entry of 2 fields", 28, MemoryRow::streamEntry));

    private static String[] streamEntry(int number) {
        String digits = String.format(Locale.ROOT, "%06d", number % 1_000_000);
        return new String[] {"XADD", "stream", "*", "a", "v" + digits, "b", "w" + digits};
    }

    private static String[] smallHash(int number) {
        String[] command = new String[2 + 2 * FIELDS];
        command[0] = "HSET";
        command[1] = key(number);
        for (int field = 0; field < FIELDS; field++) {
            command[2 + 2 * field] = "field:" + (10 + field);
            command[3 + 2 * field] =
                    String.format(Locale.ROOT, "v%07d", number % 1_000_000 + field);
        }
        return command;
    }

    private static String text(String prefix, int number) {
        String digits = Integer.toString(number);
        return prefix
                + ":000000000000".substring(0, 16 - prefix.length() - digits.length())
                + digits;
    }

    /** The name that the load generator gives to the same key. */
    static String key(int number) {
        String digits = Integer.toString(number);
        return "key:000000000000".substring(0, 16 - digits.length()) + digits;
    }
}
