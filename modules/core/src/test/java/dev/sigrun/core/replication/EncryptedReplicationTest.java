// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.FreePort;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SelfSigned;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Primary and replica over encrypted connections, either of which may be a Valkey. */
final class EncryptedReplicationTest {
    @TempDir static Path folder;
    private static SelfSigned own;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        own = SelfSigned.in(folder);
    }

    private static List<String> options(String dualChannel) {
        return List.of(
                "--tls-replication",
                "yes",
                "--repl-diskless-sync-delay",
                "0",
                "--repl-diskless-load",
                "swapdb",
                "--dual-channel-replication-enabled",
                dualChannel);
    }

    private static SigrunServer sigrun(String dualChannel) {
        List<String> words = new ArrayList<>(List.of("--enable-debug-command", "yes"));
        words.addAll(options(dualChannel));
        return SigrunServer.withConfig(words.toArray(new String[0]))
                .encrypted(own.certificate(), own.key(), own.certificate())
                .start();
    }

    private static ServerProgram valkey(int tlsPort, String dualChannel)
            throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--tls-port", Integer.toString(tlsPort),
                                "--tls-cert-file", own.certificate().toString(),
                                "--tls-key-file", own.key().toString(),
                                "--tls-ca-cert-file", own.certificate().toString()));
        words.addAll(options(dualChannel));
        return Reference.start(words.toArray(new String[0]));
    }

    /** Data that does not fit into one record of the encryption, nor into one write. */
    private static void fill(RespClient client) {
        Random random = new Random(1);
        List<List<String>> commands = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            StringBuilder noise = new StringBuilder();
            for (int j = 0; j < 10_000; j++) {
                noise.append((char) random.nextInt(256));
            }
            commands.add(List.of("SET", "key" + i, noise.toString()));
        }
        client.pipeline(commands);
    }

    private static void synchronise(RespClient primary, int primaryTlsPort, RespClient replica) {
        fill(primary);
        assertEquals(
                "+OK", replica.call("REPLICAOF", "127.0.0.1", Integer.toString(primaryTlsPort)));
        Await.until(
                "the link is up",
                () -> replica.ask("INFO", "replication").bulk().contains("master_link_status:up"));
        primary.call("SET", "after", "x".repeat(100_000));
        primary.call("SET", "last", "1");
        Await.until("the last write", () -> replica.call("GET", "last").equals("$\"1\""));
        assertEquals(primary.call("DEBUG", "DIGEST"), replica.call("DEBUG", "DIGEST"));
        assertEquals("+OK", replica.call("REPLICAOF", "NO", "ONE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void betweenTwoSigruns(String dualChannel) {
        try (SigrunServer primary = sigrun(dualChannel);
                SigrunServer replica = sigrun(dualChannel)) {
            synchronise(primary.connect(), primary.tlsPort(), replica.connect());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void fromValkey(String dualChannel) throws IOException, InterruptedException {
        int tlsPort = FreePort.find();
        try (ServerProgram primary = valkey(tlsPort, dualChannel);
                SigrunServer replica = sigrun(dualChannel);
                RespClient client = new RespClient(primary.port())) {
            synchronise(client, tlsPort, replica.connect());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void toValkey(String dualChannel) throws IOException, InterruptedException {
        try (SigrunServer primary = sigrun(dualChannel);
                ServerProgram replica = valkey(FreePort.find(), dualChannel);
                RespClient client = new RespClient(replica.port())) {
            synchronise(primary.connect(), primary.tlsPort(), client);
        }
    }
}
