// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.core.hardening.ExtremesFile.Sample;
import dev.sigrun.testkit.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the outcomes in files of extremes anew, as a reference server gives them that was started
 * with {@code --enable-debug-command yes}. Arguments: its port, then the files.
 */
final class ExtremesRecording {
    private ExtremesRecording() {}

    /** Runs every command of the files on the reference server. */
    public static void main(String[] args) throws IOException {
        for (int i = 1; i < args.length; i++) {
            try (RespClient client = new RespClient(Integer.parseInt(args[0]))) {
                ExtremesTest.prepare(client);
                record(client, Path.of(args[i]));
            }
        }
    }

    private static void record(RespClient client, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<Sample> samples = new ExtremesFile(lines).samples();
        ExtremesReplay replay = new ExtremesReplay(client);
        List<String> out = new ArrayList<>();
        int next = 0;
        for (String line : lines) {
            if (!ExtremesFile.isOutcome(line)) {
                out.add(line);
            }
            if (line.startsWith("> ")) {
                out.addAll(replay.outcomes(samples.get(next)));
                next++;
            }
        }
        Files.write(file, out);
    }
}
