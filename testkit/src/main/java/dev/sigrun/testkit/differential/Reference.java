// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference server, where {@code tools/reference} has put it before. Any thread. */
public final class Reference {
    private Reference() {}

    /**
     * Starts the reference server; ends the test as skipped where there is none.
     *
     * @param options further options, for example {@code --databases 4}
     */
    public static ServerProgram start(String... options) throws IOException, InterruptedException {
        Path program = program();
        assumeTrue(Files.isExecutable(program), "no Valkey here to compare with");
        return ServerProgram.start(program, options);
    }

    /** As {@code tools/reference} decides it. */
    private static Path program() {
        String folder = System.getenv("SIGRUN_REFERENCE_DIR");
        if (folder == null) {
            String cache = System.getenv("SIGRUN_REFERENCE");
            Path home = Path.of(System.getProperty("user.home"), ".cache", "sigrun");
            folder = (cache == null ? home : Path.of(cache)).resolve("valkey").toString();
        }
        return Path.of(folder, "bin", "valkey-server");
    }
}
