// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One of the two servers under comparison: its name in the report and how it is started. */
record Contender(String name, Path program, List<String> arguments) {

    /** Our server loads its filters, as far as they lie where a distribution has them. */
    static Contender withFilters(String name, Path program) throws IOException {
        Path plugins = program.toRealPath().resolveSibling("../plugins").normalize();
        if (Files.isDirectory(plugins)) {
            try (DirectoryStream<Path> jars =
                    Files.newDirectoryStream(plugins, "sigrun-bloom-*.jar")) {
                for (Path jar : jars) {
                    return new Contender(name, program, List.of("--loadmodule", jar.toString()));
                }
            }
        }
        return plain(name, program);
    }

    static Contender plain(String name, Path program) {
        return new Contender(name, program, List.of());
    }
}
