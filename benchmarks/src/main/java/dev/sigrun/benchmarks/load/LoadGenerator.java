// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs valkey-benchmark on a core of its own and reads what it prints. */
final class LoadGenerator {

    private static final int CLIENTS = 50;
    private static final int VALUE_BYTES = 80;

    private static final Pattern COMPLETED =
            Pattern.compile("(\\d+) requests completed in ([0-9.]+) seconds");
    private static final Pattern PERCENTILE =
            Pattern.compile("([0-9.]+)% <= ([0-9.]+) milliseconds \\(cumulative count \\d+\\)");

    private final Path program;
    private final int keys;
    private final CoreTime coreTime = new CoreTime();

    LoadGenerator(Path program, int keys) {
        this.program = program;
        this.keys = keys;
    }

    /** How much of the servers' core went to others while there was load. */
    double othersShare() {
        return coreTime.othersShare();
    }

    /** Sends requests as fast as the replies come. */
    Sample saturate(RunningServer server, Workload workload, double seconds)
            throws IOException, InterruptedException {
        return run(server, plain(server), workload, seconds, OptionalDouble.empty());
    }

    /** Sends requests over encrypted connections as fast as the replies come. */
    Sample saturateEncrypted(
            RunningServer server, Encryption encryption, Workload workload, double seconds)
            throws IOException, InterruptedException {
        return run(server, encryption.ofClients(), workload, seconds, OptionalDouble.empty());
    }

    /** Sends so many requests in a second, however fast the server is. */
    Sample pace(RunningServer server, Workload workload, double seconds, double requestsPerSecond)
            throws IOException, InterruptedException {
        return run(server, plain(server), workload, seconds, OptionalDouble.of(requestsPerSecond));
    }

    private static List<String> plain(RunningServer server) {
        return List.of("-p", String.valueOf(server.port()));
    }

    private Sample run(
            RunningServer server,
            List<String> way,
            Workload workload,
            double seconds,
            OptionalDouble rate)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", program.toString()));
        command.addAll(way);
        command.addAll(List.of("-c", String.valueOf(CLIENTS), "-d", String.valueOf(VALUE_BYTES)));
        int range = workload.range() == 0 ? keys : workload.range();
        command.addAll(List.of("-r", String.valueOf(range)));
        command.addAll(List.of("-P", String.valueOf(workload.pipeline())));
        command.addAll(
                List.of("--duration", String.valueOf((int) Math.max(1, Math.round(seconds)))));
        rate.ifPresent(each -> command.addAll(List.of("--rps", String.valueOf(Math.round(each)))));
        command.add("--");
        command.addAll(workload.command());

        double busy = CoreTime.busy();
        RunningServer.ProcessorTime before = server.processorTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int status = process.waitFor();
        RunningServer.ProcessorTime used = server.processorTime().since(before);
        coreTime.add(CoreTime.busy() - busy, used.user() + used.system());
        Matcher completed = COMPLETED.matcher(output);
        if (status != 0 || !completed.find()) {
            throw new IOException(
                    String.format(
                            Locale.ROOT,
                            "%s against %s failed:%n%s%n%s",
                            workload.label(),
                            server.contender().name(),
                            output,
                            server.logged()));
        }
        double requests = Double.parseDouble(completed.group(1));
        return new Sample(
                requests / Double.parseDouble(completed.group(2)),
                used.user() / requests,
                used.system() / requests,
                percentile(output, 50),
                percentile(output, 99),
                percentile(output, 99.9));
    }

    /**
     * Takes the first step of the printed distribution that reaches the percentile. Both
     * distributions are searched: their steps differ, and the nearer one is wanted.
     */
    private static double percentile(String output, double wanted) {
        double nearest = Double.MAX_VALUE;
        double latency = Double.NaN;
        Matcher step = PERCENTILE.matcher(output);
        while (step.find()) {
            double percent = Double.parseDouble(step.group(1));
            if (percent >= wanted && percent < nearest) {
                nearest = percent;
                latency = Double.parseDouble(step.group(2));
            }
        }
        return latency;
    }
}
