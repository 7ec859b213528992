// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is received takes its name when all of it is there, or goes. */
final class ReceivedFileTest {
    @TempDir Path folder;

    private final CompletableFuture<String> done = new CompletableFuture<>();
    private Thread writer;

    private ReceivedFile begin(Path target) {
        return new ReceivedFile(
                folder.resolve("temp"),
                target,
                (name, task) -> {
                    writer = new Thread(task, name);
                    writer.start();
                },
                failure -> done.complete(failure == null ? "" : failure));
    }

    @Test
    void aWholeFileTakesItsNameAndThePlaceOfTheOld() throws IOException {
        Path target = folder.resolve("dump.rdb");
        Files.writeString(target, "old");
        ReceivedFile file = begin(target);
        file.add(new byte[] {1, 2});
        file.add(new byte[] {3});
        file.end();
        assertTrue(done.join().isEmpty());
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(target));
        assertFalse(Files.exists(folder.resolve("temp")));
    }

    @Test
    void anAbandonedFileLeavesNothingAndSaysNothing() throws Exception {
        Path target = folder.resolve("dump.rdb");
        Files.writeString(target, "old");
        ReceivedFile file = begin(target);
        file.add(new byte[] {1, 2});
        file.abandon();
        writer.join();
        assertArrayEquals(new byte[] {'o', 'l', 'd'}, Files.readAllBytes(target));
        assertFalse(Files.exists(folder.resolve("temp")));
        assertNull(done.getNow(null));
    }

    @Test
    void aFileThatCannotTakeItsNameIsDeleted() throws IOException {
        Path target = folder.resolve("dump.rdb");
        Files.createDirectory(target);
        Files.writeString(target.resolve("inside"), "x");
        ReceivedFile file = begin(target);
        file.add(new byte[] {1});
        file.end();
        String failure = done.join();
        assertTrue(failure.startsWith("Failed trying to rename the temp DB into dump.rdb"));
        assertFalse(Files.exists(folder.resolve("temp")));
    }
}
