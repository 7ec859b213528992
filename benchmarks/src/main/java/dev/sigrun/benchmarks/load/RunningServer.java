// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A server that this program started, and that it stops again by its process. */
final class RunningServer implements AutoCloseable {

    /** The kernel counts processor time in these, on every architecture that Linux has today. */
    static final double MICROS_PER_TICK = 10_000;

    /** The core that measured servers run on. */
    static final String CORE = "0";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Contender contender;
    private final Process process;
    private final int port;
    private final Path log;
    private final double startMillis;

    private RunningServer(
            Contender contender, Process process, int port, Path log, double startMillis) {
        this.contender = contender;
        this.process = process;
        this.port = port;
        this.log = log;
        this.startMillis = startMillis;
    }

    /** Starts a server on one core, as a server that is measured under load runs. */
    static RunningServer pinned(Contender contender, Path folder)
            throws IOException, InterruptedException {
        return start(contender, folder, List.of("taskset", "-c", CORE));
    }

    /** Starts a server with every core at hand, as its users do. */
    static RunningServer free(Contender contender, Path folder)
            throws IOException, InterruptedException {
        return start(contender, folder, List.of());
    }

    private static RunningServer start(Contender contender, Path folder, List<String> prefix)
            throws IOException, InterruptedException {
        return startIn(contender, Files.createTempDirectory(folder, contender.name()), prefix);
    }

    private static RunningServer startIn(Contender contender, Path home, List<String> prefix)
            throws IOException, InterruptedException {
        int port = freePort();
        Path log = home.resolve("log");
        List<String> command = new ArrayList<>(prefix);
        command.add(contender.program().toString());
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--protected-mode", "no"));
        command.addAll(List.of("--dir", home.toString()));
        command.addAll(contender.arguments());
        long begin = System.nanoTime();
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        // An interrupted run must not leave its servers behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            while (!answers(port)) {
                if (!process.isAlive() || System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IOException(
                            contender.name() + " did not start:\n" + Files.readString(log));
                }
                Thread.sleep(2);
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        double millis = (System.nanoTime() - begin) / 1e6;
        return new RunningServer(contender, process, port, log, millis);
    }

    /** Ends this server and starts one in its folder, with what it has saved. */
    RunningServer again() throws IOException, InterruptedException {
        close();
        return startIn(contender, log.getParent(), List.of());
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Wire wire = new Wire(port)) {
            return wire.ask("PING").equals("PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    Contender contender() {
        return contender;
    }

    int port() {
        return port;
    }

    /** The time from the start of the process to its first PONG. */
    double startMillis() {
        return startMillis;
    }

    Wire connect() throws IOException {
        return new Wire(port);
    }

    /** Processor time used so far by all of the process, in microseconds. */
    ProcessorTime processorTime() throws IOException {
        String stat = Files.readString(proc("stat"));
        // The name in brackets may hold spaces, so the fields are counted from behind it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessorTime(
                Long.parseLong(fields[11]) * MICROS_PER_TICK,
                Long.parseLong(fields[12]) * MICROS_PER_TICK);
    }

    double residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
            }
        }
        throw new IOException("the kernel does not say how much memory the server has");
    }

    /** A number that {@code INFO} says. */
    double info(String section, String field) throws IOException {
        try (Wire wire = connect()) {
            return info(wire, section, field);
        }
    }

    double usedMemory() throws IOException {
        try (Wire wire = connect()) {
            return info(wire, "memory", "used_memory");
        }
    }

    String version() throws IOException {
        try (Wire wire = connect()) {
            return wire.ask("INFO", "server")
                    .lines()
                    .filter(line -> line.matches("(sigrun|valkey)_version:.*"))
                    .collect(Collectors.joining(" "));
        }
    }

    private static double info(Wire wire, String section, String field) throws IOException {
        String prefix = field + ":";
        String info = wire.ask("INFO", section);
        return info.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(prefix.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("INFO has no " + field + ": " + info));
    }

    private Path proc(String file) {
        return Path.of("/proc", String.valueOf(process.pid()), file);
    }

    /** What the server logged, for a message about its failure. */
    String logged() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** User and system time, in microseconds. */
    record ProcessorTime(double user, double system) {

        ProcessorTime since(ProcessorTime before) {
            return new ProcessorTime(user - before.user, system - before.system);
        }
    }
}
