// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** A kind of key whose weight in memory is measured, with the most bytes it ought to take. */
record MemoryRow(String name, double target, IntFunction<String[]> command) {

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

    /** The name that the load generator gives to the same key. */
    static String key(int number) {
        String digits = Integer.toString(number);
        return "key:000000000000".substring(0, 16 - digits.length()) + digits;
    }
}
