// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.load.check.CheckOptions;
import dev.sigrun.kernel.load.check.SnapshotCheck;
import dev.sigrun.kernel.plugin.PluginException;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.RdbException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The program {@code sigrun-check-rdb}, with the command line of {@code valkey-check-rdb}. */
public final class CheckRdb {
    private static final Logger KERNEL_LOG = Logger.getLogger("dev.sigrun");

    private boolean isProfiled;
    private CheckOptions.Format format = CheckOptions.Format.TABLE;
    private String output;

    private CheckRdb() {}

    /** Checks one RDB file. */
    public static void main(String[] args) {
        // What loading would log is said by the check.
        KERNEL_LOG.setLevel(Level.OFF);
        int status = new CheckRdb().run(List.of(args), System.out);
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private int run(List<String> words, PrintStream out) {
        if (!words.isEmpty() && (words.get(0).equals("-v") || words.get(0).equals("--version"))) {
            out.println("sigrun-check-rdb " + ServerFacts.SIGRUN_VERSION);
            return 0;
        }
        if (words.isEmpty() || !parse(words.subList(1, words.size()))) {
            System.err.println(
                    "Usage: sigrun-check-rdb <rdb-file-name> [--format table|info|csv] [--stats]"
                            + " [--output <file>]");
            return 1;
        }
        if (output == null) {
            return check(words.get(0), out, out);
        }
        try (PrintStream figures =
                new PrintStream(new FileOutputStream(output), false, StandardCharsets.UTF_8)) {
            return check(words.get(0), out, figures);
        } catch (IOException e) {
            System.err.println("Cannot open output file: '" + output + "': " + e.getMessage());
            return 1;
        }
    }

    private boolean parse(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            boolean isLast = i == words.size() - 1;
            switch (words.get(i)) {
                case "--stats" -> isProfiled = true;
                case "--output" -> {
                    if (isLast) {
                        return false;
                    }
                    output = words.get(++i);
                }
                case "--format" -> {
                    if (isLast || !List.of("table", "info", "csv").contains(words.get(i + 1))) {
                        return false;
                    }
                    String name = words.get(++i).toUpperCase(Locale.ROOT);
                    format = CheckOptions.Format.valueOf(name);
                }
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    private int check(String file, PrintStream out, PrintStream figures) {
        SystemFiles files = new SystemFiles();
        // A server that is never started has the types that a server would load with.
        Kernel kernel =
                new Kernel(
                        new Config(files), files, new SystemClock(), Seeds.fresh(), null, () -> {});
        try {
            kernel.loadBundled();
        } catch (PluginException e) {
            out.println(e.logText());
            return 1;
        }
        SnapshotCheck check =
                new SnapshotCheck(
                        kernel.context().store(),
                        code -> load(kernel, code),
                        new CheckOptions(isProfiled, format),
                        out);
        return check.check(file, Path.of(file), figures) ? 0 : 1;
    }

    private static void load(Kernel kernel, Bytes code) throws RdbException {
        try {
            kernel.context().scripts().addLibrary(code, false);
        } catch (CommandException e) {
            throw RdbException.corrupt("Failed loading library, " + e.getMessage());
        }
    }
}
