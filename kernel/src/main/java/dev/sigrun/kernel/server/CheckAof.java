// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.persist.aof.AofCheck;
import dev.sigrun.kernel.persist.aof.SystemDisk;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** The program {@code sigrun-check-aof}, with the command line of {@code valkey-check-aof}. */
public final class CheckAof {
    private CheckAof() {}

    /** Checks one append-only file. */
    public static void main(String[] args) {
        int status = run(List.of(args), System.out);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private static int run(List<String> words, PrintStream out) {
        if (words.size() == 1 && (words.get(0).equals("-v") || words.get(0).equals("--version"))) {
            out.println("sigrun-check-aof " + ServerFacts.SIGRUN_VERSION);
            return 0;
        }
        boolean fixes = words.size() == 2 && words.get(0).equals("--fix");
        boolean cuts = words.size() == 3 && words.get(0).equals("--truncate-to-timestamp");
        if (!fixes && !cuts && words.size() != 1) {
            out.println(
                    "Usage: sigrun-check-aof [--fix|--truncate-to-timestamp $timestamp]"
                            + " <file.manifest|file.aof>");
            return 1;
        }
        long untilSeconds = 0;
        if (cuts) {
            try {
                untilSeconds = Long.parseLong(words.get(1));
            } catch (NumberFormatException e) {
                out.println("Invalid timestamp, aborting...");
                return 1;
            }
        }
        BufferedReader answers =
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        AofCheck check = new AofCheck(new SystemDisk(), out, answers, fixes, untilSeconds);
        return check.check(Path.of(words.get(words.size() - 1))) ? 0 : 1;
    }
}
