// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution.program;

import dev.sigrun.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of the assembled folder in a process of its own. Confined to the test's thread. */
final class ServerProcess implements AutoCloseable {
    private static final int SECONDS_MAX = 20;

    private final Process process;
    private final Path log;
    private final int port;

    private ServerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** The assembled folder. */
    static Path home() {
        String name = System.getProperty("sigrun.folder");
        if (name == null || !Files.isDirectory(Path.of(name))) {
            throw new AssertionError("the property sigrun.folder must name the folder: " + name);
        }
        return Path.of(name);
    }

    /** The jar of the filters, as it is shipped. */
    static Path bloomJar() {
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(home().resolve("plugins"), "sigrun-bloom-*.jar")) {
            return jars.iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a server on a free port and waits until it serves.
     *
     * @param folder where it may write
     */
    static ServerProcess serving(Path folder, String... arguments) {
        int port = freePort();
        List<String> all =
                new ArrayList<>(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
        all.addAll(List.of("--dir", folder.toString(), "--enable-module-command", "yes"));
        all.addAll(List.of(arguments));
        ServerProcess server = started(folder, port, "", all.toArray(String[]::new));
        server.awaitLog("Ready to accept connections tcp");
        return server;
    }

    /**
     * Starts the program.
     *
     * @param port the port that the arguments name
     * @param input what it finds on its standard input
     */
    static ServerProcess started(Path folder, int port, String input, String... arguments) {
        try {
            Path log = Files.createTempFile(folder, "server", ".log");
            List<String> command = new ArrayList<>();
            command.add(home().resolve("bin/sigrun-server").toString());
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            ServerProcess server = new ServerProcess(builder.start(), log, port);
            try (OutputStream in = server.process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitLog(String text) {
        Await.until("'" + text + "' in the log", () -> log().contains(text) || !process.isAlive());
        if (!log().contains(text)) {
            throw new AssertionError("the server ended without '" + text + "':\n" + log());
        }
    }

    /** Everything that the program has printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until the program ends by itself; its exit status. */
    int status() {
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("the program does not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Sends SIGTERM; the exit status. */
    int stop() {
        process.destroy();
        return status();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
