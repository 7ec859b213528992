// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.util.List;

/**
 * A command sent over and over at one pipeline depth. Keys have 16 bytes and values 80.
 *
 * @param range how many numbers stand for {@code __rand_int__}; 0 for as many as there are keys
 */
record Workload(String name, List<String> command, int pipeline, int range) {

    Workload(String name, List<String> command, int pipeline) {
        this(name, command, pipeline, 0);
    }

    private static final List<String> GET = List.of("GET", "key:__rand_int__");
    private static final List<String> SET = List.of("SET", "key:__rand_int__", "__data__");

    static final List<Workload> STRINGS =
            List.of(
                    new Workload("GET", GET, 1),
                    new Workload("SET", SET, 1),
                    new Workload("GET", GET, 10),
                    new Workload("SET", SET, 10),
                    new Workload("GET", GET, 50),
                    new Workload("SET", SET, 50));

    static final List<Workload> FILTERS =
            List.of(
                    new Workload("BF.ADD", List.of("BF.ADD", "filter", "item:__rand_int__"), 10),
                    new Workload(
                            "BF.EXISTS", List.of("BF.EXISTS", "filter", "item:__rand_int__"), 10));

    String label() {
        return name + " P=" + pipeline;
    }
}
