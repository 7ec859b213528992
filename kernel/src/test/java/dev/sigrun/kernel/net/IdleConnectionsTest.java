// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that do nothing, or that begin and do not end, take little and hinder nobody. */
final class IdleConnectionsTest {
    private static final int IDLE = 2000;
    private static final int HALF = 500;
    private static final int IDLE_BYTES_EACH = 3000;
    private static final int HALF_BYTES_EACH = 8000;

    private final List<NetClient> clients = new ArrayList<>();
    private Process server;
    private BufferedReader from;
    private Writer to;
    private int port;

    /** What the server holds. */
    private record Held(int clients, long heapBytes, long bufferBytes) {
        static Held parse(String line) {
            String[] words = line.split(" ", -1);
            return new Held(
                    Integer.parseInt(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        void assertEachTakes(int bytesMax, Held before) {
            int count = clients - before.clients;
            long heap = (heapBytes - before.heapBytes) / count;
            long buffers = (bufferBytes - before.bufferBytes) / count;
            String found =
                    count + " took " + heap + " bytes of heap and " + buffers + " of buffers";
            System.out.println("IdleConnectionsTest: " + found + " each");
            assertTrue(heap + buffers < bytesMax, found);
        }
    }

    @BeforeEach
    void start() throws IOException {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleProbe.class.getName());
        server = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        from = server.inputReader();
        to = server.outputWriter();
        port = Integer.parseInt(from.readLine());
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (NetClient client : clients) {
            client.close();
        }
        to.close();
        assertEquals(0, server.waitFor());
    }

    private Held ask(String question) throws IOException {
        to.write(question + "\n");
        to.flush();
        return Held.parse(from.readLine());
    }

    private NetClient connect() throws IOException {
        NetClient client = new NetClient(port);
        clients.add(client);
        assertEquals("+PONG", client.ask("PING"));
        return client;
    }

    @Test
    void theyTakeLittle() throws IOException {
        NetClient lively = connect();
        Held none = ask("now");
        for (int i = 0; i < IDLE; i++) {
            connect();
        }
        Held idle = ask("now");
        assertEquals(IDLE + 1, idle.clients);
        idle.assertEachTakes(IDLE_BYTES_EACH, none);
        for (int i = 0; i < HALF; i++) {
            // Every other one claims that much will come.
            connect().send(i % 2 == 0 ? "*2\r\n$4\r\nEC" : "*2\r\n$4\r\nECHO\r\n$1000000\r\nx");
            assertEquals("+PONG", lively.ask("PING"));
        }
        Held begun = ask("now");
        long claimed = begun.bufferBytes - idle.bufferBytes;
        assertTrue(claimed < 64 << 20, claimed + " bytes for what was claimed");
        ask("later").assertEachTakes(HALF_BYTES_EACH, idle);
        for (int i = 0; i < HALF; i += 2) {
            NetClient half = clients.get(IDLE + 1 + i);
            assertEquals("words", half.send("HO\r\n$5\r\nwords\r\n").echoed());
        }
        assertEquals("+PONG", lively.ask("PING"));
    }
}
