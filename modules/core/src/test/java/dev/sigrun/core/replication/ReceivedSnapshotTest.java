// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static dev.sigrun.core.replication.ScriptedPrimary.ID;
import static dev.sigrun.core.replication.ScriptedPrimary.bulk;
import static dev.sigrun.core.replication.ScriptedPrimary.command;
import static dev.sigrun.core.replication.ScriptedPrimary.rdb;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.ScriptedServer.Peer;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the file in which a replica has received all data. */
final class ReceivedSnapshotTest {
    @TempDir Path folder;

    private SigrunServer server(String... options) {
        List<String> words = new ArrayList<>(List.of("--dir", folder.toString()));
        words.addAll(List.of("--repl-diskless-load", "disabled"));
        words.addAll(List.of("--enable-debug-command", "yes"));
        words.addAll(List.of(options));
        return SigrunServer.withConfig(words.toArray(new String[0])).start();
    }

    private static void follow(RespClient client, ScriptedPrimary primary) {
        assertEquals("+OK", client.call("REPLICAOF", "127.0.0.1", primary.port()));
    }

    private static void lead(RespClient client) {
        assertEquals("+OK", client.call("REPLICAOF", "NO", "ONE"));
    }

    private static String get(RespClient client, String key) {
        return client.ask("GET", key).bulk();
    }

    private static void awaitField(RespClient client, String field) {
        Await.until(field, () -> client.ask("INFO", "persistence").bulk().contains(field));
    }

    private Path base(int number) {
        return folder.resolve("appendonlydir/appendonly.aof." + number + ".base.rdb");
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void becomesTheBaseOfTheAppendOnlyFileAndIsWrittenOnce() throws IOException {
        String data = rdb(Map.of("a", "1"));
        try (ScriptedPrimary primary = new ScriptedPrimary();
                SigrunServer server = server("--appendonly", "yes")) {
            RespClient client = server.connect();
            client.call("SET", "old", "1");
            follow(client, primary);
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + bulk(data));
            assertEquals(List.of("REPLCONF", "ACK", "0"), peer.read());
            peer.send(command("SELECT", "0") + command("SET", "b", "2"));
            Await.until("b", () -> client.call("GET", "b").equals("$\"2\""));
            Await.until("the base", () -> Files.exists(base(2)));
            assertEquals(data, Files.readString(base(2), StandardCharsets.ISO_8859_1));
            lead(client);
            assertEquals("+OK", client.call("SET", "c", "3"));
            awaitField(client, "aof_base_size:" + data.length());
            assertTrue(client.ask("INFO", "persistence").bulk().contains("aof_rewrites:0"));
            assertEquals("+OK", client.call("DEBUG", "LOADAOF"));
            assertEquals("1", get(client, "a"));
            assertEquals("2", get(client, "b"));
            assertEquals("3", get(client, "c"));
            assertEquals(":3", client.call("DBSIZE"));
        }
        assertEquals(List.of("appendonlydir"), names());
    }

    @Test
    void isKeptUnderItsNameWhereNoFileIsAppendedTo() throws IOException {
        String data = rdb(Map.of("a", "1"));
        Path dump = folder.resolve("dump.rdb");
        try (ScriptedPrimary primary = new ScriptedPrimary();
                SigrunServer server = server("--save", "")) {
            RespClient client = server.connect();
            follow(client, primary);
            primary.sync(Map.of("a", "1"));
            Await.until("the file", () -> Files.exists(dump));
            lead(client);
        }
        assertEquals(data, Files.readString(dump, StandardCharsets.ISO_8859_1));
        assertEquals(List.of("dump.rdb"), names());
    }

    @Test
    void goesWhereNothingIsKept() {
        try (ScriptedPrimary primary = new ScriptedPrimary();
                SigrunServer server = server("--save", "", "--rdb-del-sync-files", "yes")) {
            RespClient client = server.connect();
            follow(client, primary);
            primary.sync(Map.of("a", "1"));
            Await.until("an empty folder", () -> names().isEmpty());
            lead(client);
        }
    }

    @Test
    void takesNoPlaceWhenItIsDamaged() throws IOException {
        Path dump = folder.resolve("dump.rdb");
        try (ScriptedPrimary primary = new ScriptedPrimary();
                SigrunServer server = server("--save", "")) {
            RespClient client = server.connect();
            client.call("SET", "old", "1");
            assertEquals("+OK", client.call("SAVE"));
            String saved = Files.readString(dump, StandardCharsets.ISO_8859_1);
            follow(client, primary);
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + bulk("REDIS9999 is none"));
            // It asks again once it has seen that.
            Peer again = primary.acceptUpToPsync();
            assertEquals("PSYNC", again.read().getFirst());
            assertEquals(saved, Files.readString(dump, StandardCharsets.ISO_8859_1));
            assertEquals("1", get(client, "old"));
            lead(client);
            Await.until("no other file", () -> names().equals(List.of("dump.rdb")));
        }
    }

    @Test
    void isNotLoadedWhereItCouldNotTakeItsName() throws IOException {
        Path dump = folder.resolve("dump.rdb");
        try (ScriptedPrimary primary = new ScriptedPrimary();
                SigrunServer server = server("--save", "")) {
            RespClient client = server.connect();
            client.call("SET", "old", "1");
            Files.createDirectory(dump);
            follow(client, primary);
            Peer peer = primary.acceptUpToPsync();
            peer.read();
            peer.send("+FULLRESYNC " + ID + " 0\r\n" + bulk(rdb(Map.of("a", "1"))));
            Peer again = primary.acceptUpToPsync();
            assertEquals("PSYNC", again.read().getFirst());
            assertEquals("1", get(client, "old"));
            Files.delete(dump);
            again.send("+FULLRESYNC " + ID + " 0\r\n" + bulk(rdb(Map.of("a", "1"))));
            assertEquals(List.of("REPLCONF", "ACK", "0"), again.read());
            assertEquals("1", get(client, "a"));
            lead(client);
            Await.until("one file", () -> names().equals(List.of("dump.rdb")));
        }
    }
}
