// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.config.ConfigFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files that a server in a test may read; it writes none. Any thread. */
final class TestFiles implements ConfigFiles {
    @Override
    public Path workingDirectory() {
        return Path.of("").toAbsolutePath();
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return Files.readAllBytes(file);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Override
    public void replaceAtomically(Path file, byte[] content) throws IOException {
        throw new IOException("a server in a test does not write " + file);
    }

    @Override
    public void checkDirectory(Path directory) throws IOException {
        Files.readAttributes(directory, "*");
    }

    @Override
    public void checkAppendable(Path file) {}
}
