// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What monitors are answered over HTTP. */
final class MetricsTest {
    private static final int PORT = freePort();

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig(
                    "--metrics-port", Integer.toString(PORT), "--enable-debug-command", "yes");

    private RespClient client;

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void begin() {
        client = SERVER.connect(3);
    }

    @AfterEach
    void end() {
        client.close();
    }

    private static Socket send(String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static Socket ask(String method, String path) throws IOException {
        return send(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    private static String answer(Socket socket) throws IOException {
        try (socket) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String get(String path) throws IOException {
        return answer(ask("GET", path));
    }

    private static List<String> metrics() throws IOException {
        String answer = get("/metrics");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).lines().toList();
    }

    @Test
    void saysThatItLivesAndIsReady() throws IOException {
        assertTrue(get("/livez").startsWith("HTTP/1.1 200 "));
        assertTrue(get("/readyz").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void figuresHaveTheNamesThatDashboardsAskFor() throws IOException {
        client.ask("SET", "k", "v");
        client.ask("LPUSH", "k", "v");
        List<String> lines = metrics();
        Set<String> names = new HashSet<>();
        for (String line : lines) {
            names.add(line.replaceFirst("[ {].*", ""));
        }
        for (String name :
                List.of(
                        "redis_uptime_in_seconds",
                        "redis_memory_used_bytes",
                        "redis_memory_max_bytes",
                        "redis_memory_used_rss_bytes",
                        "redis_mem_fragmentation_ratio",
                        "redis_blocked_clients",
                        "redis_commands_processed_total",
                        "redis_keyspace_hits_total",
                        "redis_cpu_user_seconds_total",
                        "redis_slowlog_length",
                        "redis_commandlog_large_reply_length",
                        "redis_instance_info",
                        "redis_latency_percentiles_usec",
                        "redis_latency_percentiles_usec_count",
                        "sigrun_offheap_used",
                        "sigrun_owner_lag_max_usec",
                        "sigrun_jvm_heap_used_bytes",
                        "sigrun_jvm_gc_seconds_total",
                        "sigrun_jvm_threads")) {
            assertTrue(names.contains(name), () -> name + " is not among " + names);
        }
        assertTrue(lines.contains("redis_up 1"));
        assertTrue(lines.contains("redis_connected_clients 1"));
        assertTrue(lines.contains("redis_db_keys{db=\"db0\"} 1"));
        assertTrue(lines.contains("redis_errors_total{err=\"WRONGTYPE\"} 1"));
        assertTrue(lines.contains("redis_commands_failed_calls_total{cmd=\"lpush\"} 1"));
    }

    @Test
    void eachNameStandsTogetherBehindItsType() throws IOException {
        Set<String> seen = new HashSet<>();
        String family = "";
        for (String line : metrics()) {
            if (line.startsWith("# TYPE ")) {
                family = line.split(" ", -1)[2];
                assertTrue(seen.add(family), family);
            } else {
                assertTrue(line.startsWith(family), line);
                assertTrue(line.matches("[a-z0-9_]+(\\{[^}]*\\})? -?[0-9.]+(E-?[0-9]+)?"), line);
            }
        }
    }

    @Test
    void pluginsFieldsSayWhoseTheyAreAndCannotSpoilTheRest() throws IOException {
        SERVER.onOwner(context -> {
            context.infoSections().put("one", out -> out.field("objects", 3));
            context.infoSections().put("two", out -> out.field("objects", 4));
            context.infoSections().put("Commandstats", out -> out.field("nonsense", "x,y=,="));
        });
        List<String> lines = metrics();
        SERVER.onOwner(context -> context.infoSections().clear());
        assertTrue(lines.contains("sigrun_objects{section=\"one\"} 3"));
        assertTrue(lines.contains("sigrun_objects{section=\"two\"} 4"));
        assertEquals(lines.size(), Set.copyOf(lines).size());
        assertTrue(lines.stream().anyMatch(line -> line.contains("quantile=\"0.999\"")));
    }

    @Test
    void answersWhenTheOwnerDoesNot() throws IOException {
        metrics();
        client.send("DEBUG", "SLEEP", "1.5");
        String metrics;
        try (Socket figures = ask("GET", "/metrics");
                Socket readiness = ask("GET", "/readyz")) {
            assertTrue(get("/livez").startsWith("HTTP/1.1 200 "));
            assertTrue(answer(readiness).startsWith("HTTP/1.1 503 "));
            metrics = answer(figures);
        }
        assertTrue(metrics.contains("\nredis_up 0\n"), metrics);
        assertTrue(metrics.contains("\nsigrun_metrics_stale 1\n"), metrics);
        assertTrue(metrics.contains("\nredis_connected_clients "), metrics);
        assertEquals("+OK", client.read().toString());
        assertTrue(get("/readyz").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void nothingElseIsServed() throws IOException {
        assertTrue(get("/").startsWith("HTTP/1.1 404 "));
        assertTrue(get("/metrics/x").startsWith("HTTP/1.1 404 "));
        assertTrue(get("/../metrics").startsWith("HTTP/1.1 404 "));
        assertTrue(answer(ask("POST", "/metrics")).startsWith("HTTP/1.1 405 "));
        String head = answer(ask("HEAD", "/livez"));
        assertTrue(head.startsWith("HTTP/1.1 200 ") && head.endsWith("\r\n\r\n"), head);
    }

    @Test
    void whoSendsTooMuchIsClosed() throws IOException {
        String large = "x".repeat(1 << 20);
        for (String request :
                List.of(
                        "GET /" + large,
                        "GET /livez HTTP/1.1\r\nA: " + large,
                        "GET /livez HTTP/1.1\r\n" + "A: b\r\n".repeat(100_000),
                        "nonsense\r\n\r\n",
                        "GET /livez HTTP/1.1\r\nContent-Length: -1\r\n\r\n")) {
            assertFalse(answerOrNone(request).startsWith("HTTP/1.1 200 "), request);
        }
        assertTrue(get("/livez").startsWith("HTTP/1.1 200 "));
    }

    /** What comes back, which is nothing when the connection was cut while it was written to. */
    private static String answerOrNone(String request) {
        try {
            return answer(send(request));
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void theListenerGoesWhereTheConfigurationSays() throws IOException {
        int other = freePort();
        assertEquals(
                "+OK",
                client.ask("CONFIG", "SET", "metrics-port", Integer.toString(other)).toString());
        assertThrows(ConnectException.class, () -> get("/livez"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertTrue(client.ask("CONFIG", "SET", "metrics-port", port).isError());
        }
        client.ask("CONFIG", "SET", "metrics-port", Integer.toString(PORT));
        assertTrue(get("/livez").startsWith("HTTP/1.1 200 "));
    }
}
