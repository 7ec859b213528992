// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server finds at its start after another one came to a bad end. */
class BadStartTest {
    @TempDir Path folder;

    private SigrunServer server(String... options) {
        List<String> words = new java.util.ArrayList<>(List.of("--dir", folder.toString()));
        words.addAll(List.of(options));
        return SigrunServer.withConfig(words.toArray(new String[0]));
    }

    private static void assertNeverServes(SigrunServer server) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, server::start);
        assertEquals("the server could not load its data", refused.getMessage());
    }

    @Test
    void aBadSnapshotIsNotServedUpToTheEnd() throws IOException {
        try (SigrunServer first = server().start();
                RespClient client = first.connect()) {
            client.call("SET", "key", "value");
            client.call("SAVE");
            client.call("FLUSHALL");
        }
        Path file = folder.resolve("dump.rdb");
        byte[] content = Files.readAllBytes(file);
        content[content.length - 1] ^= 1;
        Files.write(file, content);
        assertNeverServes(server());
    }

    @Test
    void aBadAppendOnlyFileIsNotServedUpToTheEnd() throws IOException {
        Path files = Files.createDirectories(folder.resolve("appendonlydir"));
        Files.writeString(
                files.resolve("appendonly.aof.manifest"),
                "file appendonly.aof.1.incr.aof seq 1 type i\n");
        Files.writeString(
                files.resolve("appendonly.aof.1.incr.aof"),
                "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\nno command\r\n");
        assertNeverServes(server("--appendonly", "yes"));
    }

    @Test
    void filesOfProcessesThatAreGoneAreRemovedAndOthersStay() throws IOException {
        long own = ProcessHandle.current().pid();
        long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(own);
        String gone = "999999999";
        List<String> left =
                List.of(
                        "temp-" + gone + ".rdb",
                        "temp-" + gone + "-3.rdb",
                        "temp-" + own + "-1.rdb",
                        "temp-1700000000." + gone + ".5.rdb");
        List<String> others =
                List.of(
                        "temp-" + parent + "-1.rdb",
                        "temp-.rdb",
                        "temp-mine.rdb",
                        "temp-" + gone + ".rdb.old",
                        "temp-" + gone + "-3-4.rdb",
                        "temp-99999999999999999999.rdb");
        for (String name : left) {
            Files.writeString(folder.resolve(name), "part");
        }
        for (String name : others) {
            Files.writeString(folder.resolve(name), "whole");
        }
        SigrunServer server = server().start();
        server.close();
        for (String name : left) {
            assertFalse(Files.exists(folder.resolve(name)), name);
        }
        for (String name : others) {
            assertTrue(Files.exists(folder.resolve(name)) || parent == own, name);
        }
    }
}
