// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A save that is made slow by {@code rdb-key-save-delay}, and what is seen of the file's buffer.
 */
class SlowSaveTest {
    @TempDir Path folder;

    @Test
    void aSaveUnderWayObeysAnotherDelay() {
        try (SigrunServer server =
                        SigrunServer.withConfig("--dir", folder.toString(), "--save", "").start();
                RespClient client = server.connect()) {
            for (int i = 0; i < 50; i++) {
                client.call("SET", "key" + i, "value");
            }
            server.set("rdb-key-save-delay", "1000000000");
            client.call("BGSAVE");
            String info = client.call("INFO", "persistence");
            assertTrue(info.contains("rdb_bgsave_in_progress:1"), info);
            server.set("rdb-key-save-delay", "0");
            Await.until(
                    "the save has ended",
                    () -> client.call("INFO", "persistence").contains("rdb_bgsave_in_progress:0"));
            assertTrue(client.call("INFO", "persistence").contains("rdb_last_bgsave_status:ok"));
        }
    }

    @Test
    void whatWaitsForTheFileShowsInTheMemory() {
        try (SigrunServer server =
                        SigrunServer.withConfig(
                                        "--dir",
                                        folder.toString(),
                                        "--appendonly",
                                        "yes",
                                        "--enable-debug-command",
                                        "yes")
                                .start();
                RespClient client = server.connect()) {
            // Ten minutes before each write: none is made for now.
            assertEquals("+OK", client.call("DEBUG", "AOF-FLUSH-SLEEP", "600000000"));
            client.call("SET", "k", "x".repeat(200_000));
            String memory = client.call("INFO", "memory");
            long buffer = Long.parseLong(memory.replaceAll("(?s).*mem_aof_buffer:(\\d+).*", "$1"));
            assertTrue(buffer > 200_000, memory);
            assertTrue(client.call("MEMORY", "STATS").contains("aof.buffer"));
            assertEquals("+OK", client.call("DEBUG", "AOF-FLUSH-SLEEP", "0"));
            Await.until(
                    "all is written",
                    () -> client.call("INFO", "memory").contains("mem_aof_buffer:0"));
            client.call("FLUSHALL");
        }
    }
}
