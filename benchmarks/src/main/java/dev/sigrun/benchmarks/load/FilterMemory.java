// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import dev.sigrun.benchmarks.load.Finding.Target;
import java.io.IOException;
import java.util.UUID;

/**
 * The memory of identifiers in a Bloom filter against that of a set of them.
 *
 * <p>What can be saved is a matter of the items: a filter takes 1.2 bytes for each at a rate of 1 %
 * whatever its length, a set their length and some. The savings of 93 to 98 % that are published
 * for Valkey's filters are those of UUIDs, of 36 bytes each, at rates from 0.001 % to 1 %; words of
 * ten letters at 0.1 % cannot come to more than 96.
 */
final class FilterMemory extends BenchPart {
    private static final String RATE = "0.01";
    private static final double SHARE_MAX = 0.02;

    FilterMemory(Setting setting) {
        super(setting);
    }

    void run() throws IOException, InterruptedException {
        say("memory of a filter");
        double filter;
        try (RunningServer server = RunningServer.pinned(ours, folder);
                Wire wire = server.connect()) {
            String reply = wire.ask("BF.RESERVE", "filter", RATE, Integer.toString(plan.keys()));
            if (!reply.equals("OK")) {
                say("no Bloom filters here: " + reply);
                return;
            }
            wire.fill(plan.keys(), i -> new String[] {"BF.ADD", "filter", item(i)});
            filter = usage(wire, "filter");
            add("a set here", filter, set(wire), Target.NONE);
        }
        try (RunningServer server = RunningServer.pinned(reference, folder);
                Wire wire = server.connect()) {
            add("a set of Valkey's", filter, set(wire), Target.ratioAtMost(SHARE_MAX));
        }
    }

    private double set(Wire wire) throws IOException {
        wire.fill(plan.keys(), i -> new String[] {"SADD", "set", item(i)});
        return usage(wire, "set");
    }

    private void add(String what, double filter, double set, Target target) {
        report.add(
                Finding.compared(
                        "bytes/element UUIDs in a filter of 1 % / in " + what,
                        "bytes",
                        filter,
                        set,
                        target));
    }

    /** Always the same ones. */
    private static String item(int number) {
        return new UUID(number * 0x9E3779B97F4A7C15L, number * 0xC2B2AE3D27D4EB4FL).toString();
    }

    private double usage(Wire wire, String key) throws IOException {
        return Double.parseDouble(wire.ask("MEMORY", "USAGE", key, "SAMPLES", "0")) / plan.keys();
    }
}
