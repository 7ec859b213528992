// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A server program on a free port of this machine, without files. Any thread. */
public final class ServerProgram implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final int port;

    private ServerProgram(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a program that takes valkey-server's command line and waits until it answers.
     *
     * @param options further options, for example {@code --save ""}
     */
    public static ServerProgram start(Path program, String... options) throws IOException {
        int port = freePort();
        Path folder = Files.createTempDirectory("sigrun-differential");
        List<String> line =
                new java.util.ArrayList<>(
                        List.of(
                                program.toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--save",
                                "",
                                "--enable-debug-command",
                                "yes",
                                "--dir",
                                folder.toString()));
        line.addAll(List.of(options));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        ServerProgram server = new ServerProgram(process, folder, port);
        server.awaitReady();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        try {
            Await.until("the server answers", () -> !process.isAlive() || isAnswering());
            if (process.isAlive()) {
                return;
            }
        } catch (AssertionError tooLong) {
            // What the server said of it follows.
        }
        String log = Files.readString(folder.resolve("log"));
        close();
        throw new IOException("the server does not answer:\n" + log);
    }

    private boolean isAnswering() {
        try (RespClient client = new RespClient(port)) {
            return client.call("PING").equals("+PONG");
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    /** The port on which the server listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
