// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plain reads and writes make no garbage, in a process without the checks of tests. */
final class AllocationTest {
    /** Below this a command allocates nothing: what is left is the periodic work. */
    static final double BYTES_MAX = 1.0;

    @Test
    void getAndSetAllocateNothingOnTheOwner() throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationProbe.class.getName());
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines().toList();
        assertEquals(5, lines.size(), output);
        for (String line : lines) {
            double bytes = Double.parseDouble(line.substring(line.indexOf(' ') + 1));
            assertTrue(bytes < BYTES_MAX, line);
        }
    }
}
