// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private ReceivedFile begin() {
        return new ReceivedFile(
                folder.resolve("temp"),
                (name, task) -> {
                    writer = new Thread(task, name);
                    writer.start();
                },
                failure -> done.complete(failure == null ? "" : failure));
    }

    private ReceivedFile receive(byte... content) {
        ReceivedFile file = begin();
        file.add(content);
        file.end();
        assertTrue(done.join().isEmpty());
        return file;
    }

    @Test
    void aWholeFileHasItsOwnNameUntilItIsKept() throws Exception {
        Path target = folder.resolve("dump.rdb");
        Files.writeString(target, "old");
        ReceivedFile file = begin();
        file.add(new byte[] {1, 2});
        file.add(new byte[] {3});
        file.end();
        assertTrue(done.join().isEmpty());
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file.path()));
        assertEquals("old", Files.readString(target));

        file.keep(target);
        writer.join();
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(target));
        assertFalse(Files.exists(folder.resolve("temp")));
    }

    @Test
    void aFileThatNobodyNeedsGoes() throws Exception {
        receive((byte) 1).remove();
        writer.join();
        assertFalse(Files.exists(folder.resolve("temp")));
    }

    @Test
    void anAbandonedFileLeavesNothingAndSaysNothing() throws Exception {
        Path target = folder.resolve("dump.rdb");
        Files.writeString(target, "old");
        ReceivedFile file = begin();
        file.add(new byte[] {1, 2});
        file.abandon();
        writer.join();
        assertArrayEquals(new byte[] {'o', 'l', 'd'}, Files.readAllBytes(target));
        assertFalse(Files.exists(folder.resolve("temp")));
        assertNull(done.getNow(null));
    }

    @Test
    void aFileThatCannotTakeItsNameIsDeleted() throws Exception {
        Path target = folder.resolve("dump.rdb");
        Files.createDirectory(target);
        Files.writeString(target.resolve("inside"), "x");
        receive((byte) 1).keep(target);
        writer.join();
        assertFalse(Files.exists(folder.resolve("temp")));
    }
}
