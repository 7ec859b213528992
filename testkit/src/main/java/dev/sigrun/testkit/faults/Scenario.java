// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.nio.file.Path;
import java.util.SplittableRandom;

/** One kind of fault. */
interface Scenario {
    /**
     * Does it once, to servers of its own, and checks what must be so afterwards.
     *
     * @throws AssertionError when something is not as it must be
     */
    void run(Surroundings surroundings, SplittableRandom random) throws Exception;

    /** For the report. */
    String name();

    /**
     * Where a scenario takes place.
     *
     * @param server the program to be tried
     * @param reference a valkey-server; null for none
     * @param folder an empty folder
     */
    record Surroundings(Path server, Path reference, Path folder) {
        /** A server that is to be tried. */
        Node node(String name, String... options) throws java.io.IOException {
            return new Node(server, folder.resolve(name), options);
        }
    }
}
