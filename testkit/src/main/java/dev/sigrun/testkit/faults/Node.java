// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import dev.sigrun.testkit.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A server program with a folder of its own, which may be killed and started again. */
final class Node implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_MILLIS = 10;

    private final Path program;
    private final Path folder;
    private final List<String> options;
    private final int port;
    private Process process;

    /** Names a server; it is not started. */
    Node(Path program, Path folder, String... options) throws IOException {
        this.program = program;
        this.folder = Files.createDirectories(folder);
        this.options = List.of(options);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    /** Starts it and waits until all data is loaded. */
    Node start() throws IOException {
        begin();
        await("the server serves", () -> !process.isAlive() || isServing());
        if (!process.isAlive()) {
            throw new AssertionError("the server did not start:\n" + logTail());
        }
        return this;
    }

    /** Starts it and says whether it serves, or ends by itself. */
    boolean startsAtAll() throws IOException {
        begin();
        await("the server serves or ends", () -> !process.isAlive() || isServing());
        return process.isAlive();
    }

    private void begin() throws IOException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                program.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--enable-debug-command",
                                "yes",
                                "--dir",
                                folder.toString()));
        line.addAll(options);
        process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
    }

    Path log() {
        return folder.resolve("server.log");
    }

    private boolean isServing() {
        try (RespClient client = new RespClient(port)) {
            // What is being loaded answers PING with an error.
            return client.call("PING").equals("+PONG");
        } catch (UncheckedIOException | AssertionError notYet) {
            return false;
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    RespClient client() {
        return new RespClient(port);
    }

    String ask(String... words) {
        try (RespClient client = client()) {
            return client.call(words);
        }
    }

    /** What {@code INFO} says of one field. */
    String info(String field) {
        try (RespClient client = client()) {
            for (String line : client.ask("INFO", "everything").text().lines().toList()) {
                if (line.startsWith(field + ":")) {
                    return line.substring(field.length() + 1);
                }
            }
        }
        throw new AssertionError("INFO says nothing of " + field);
    }

    String digest() {
        return ask("DEBUG", "DIGEST");
    }

    /**
     * Lets the process write no file beyond a size, as on a disk that is full.
     *
     * @param bytes the size; -1 for any
     */
    void limitFiles(long bytes) throws IOException, InterruptedException {
        String limit = bytes < 0 ? "unlimited" : Long.toString(bytes);
        Process prlimit =
                new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(process.pid()),
                                "--fsize=" + limit + ":unlimited")
                        .inheritIO()
                        .start();
        if (prlimit.waitFor() != 0) {
            throw new IOException("prlimit has failed");
        }
    }

    /** Waits until something is so. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain: " + what + "\n" + logTail());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** The end of what the server has logged. */
    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** Fails when a file is left that was only meant for a while. */
    void expectNoTemporaryFiles() throws IOException {
        try (var files = Files.walk(folder)) {
            List<String> left =
                    files.map(file -> folder.relativize(file).toString())
                            .filter(name -> name.contains("temp"))
                            .toList();
            if (!left.isEmpty()) {
                throw new AssertionError("files are left: " + left);
            }
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
