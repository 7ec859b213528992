// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.kernel.base.ProcessStatus.CpuTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcFilesTest {
    @TempDir private Path root;

    private void put(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void memoryIsInKibibytes() throws IOException {
        put("self/status", "Name:\tjava\nVmRSS:\t   2048 kB\nRssAnon:\t 7 kB\n");
        put("meminfo", "MemTotal:       16384 kB\nMemFree: 1 kB\n");
        ProcFiles files = new ProcFiles(root);
        assertEquals(2L << 20, files.residentBytes());
        assertEquals(16L << 20, files.machineBytes());
    }

    @Test
    void namesWithBracketsDoNotShiftTheTimes() throws IOException {
        put("self/stat", "12 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 25 3 4 20 0\n");
        assertEquals(
                new CpuTimes(1_500_000, 250_000, 30_000, 40_000),
                new ProcFiles(root).processTimes());
    }

    @Test
    void nothingIsKnownWithoutTheFiles() {
        ProcFiles files = new ProcFiles(root);
        assertEquals(0, files.residentBytes());
        assertEquals(CpuTimes.NONE, files.threadTimes());
    }
}
