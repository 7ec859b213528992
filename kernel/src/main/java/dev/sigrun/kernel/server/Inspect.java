// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.load.read.Feed;
import dev.sigrun.kernel.load.read.FileFeed;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.kernel.load.survey.JsonReport;
import dev.sigrun.kernel.load.survey.ProgressFeed;
import dev.sigrun.kernel.load.survey.Survey;
import dev.sigrun.kernel.load.survey.TextReport;
import dev.sigrun.kernel.persist.aof.AofListing;
import dev.sigrun.kernel.persist.aof.SystemDisk;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program {@code sigrun-inspect}: says what takes the room in files of data. */
public final class Inspect {
    private static final int LARGEST_MAX = 100_000;

    private static final String HELP =
            """
            Usage: sigrun-inspect [--top N] [--json] FILE

            Says what takes the room in a file of data: bytes by type and by database, and the
            largest keys. Sizes are those in the file. Nothing is loaded, so that any machine can
            look at any file; values of plugins that are not here are named as the file names them.

              FILE      an RDB file, an append-only file, or the manifest of one
              --top N   how many of the largest keys are named (20)
              --json    one JSON object a line instead of tables, for each file with data
              --help    this text
              --version the program's version

            The status is 0, or 1 when a file could not be read to its end.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private int top = 20;
    private boolean asJson;
    private String file;

    private Inspect(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Looks at one file. */
    public static void main(String[] args) {
        int status = new Inspect(System.out, System.err).run(List.of(args));
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    private int run(List<String> words) {
        if (words.contains("--help") || words.contains("-h")) {
            out.print(HELP);
            return 0;
        }
        if (words.contains("--version") || words.contains("-v")) {
            out.println("sigrun-inspect " + ServerFacts.SIGRUN_VERSION);
            return 0;
        }
        if (!parse(words)) {
            err.print(HELP);
            return 1;
        }
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            err.println("sigrun-inspect: there is no file " + file);
            return 1;
        }
        try {
            return inspect(path) ? 0 : 1;
        } catch (IOException e) {
            err.println("sigrun-inspect: " + e.getMessage());
            return 1;
        }
    }

    private boolean parse(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--json")) {
                asJson = true;
            } else if (word.equals("--top") && i < words.size() - 1) {
                String number = words.get(++i);
                if (!number.matches("\\d{1,6}") || Integer.parseInt(number) > LARGEST_MAX) {
                    return false;
                }
                top = Integer.parseInt(number);
            } else if (!word.startsWith("--") && file == null) {
                file = word;
            } else {
                return false;
            }
        }
        return file != null;
    }

    private boolean inspect(Path path) throws IOException {
        SystemDisk disk = new SystemDisk();
        boolean isManifest = AofListing.isManifest(disk, path);
        boolean isFine = true;
        boolean isFirst = true;
        for (AofListing.Part part : AofListing.of(disk, path)) {
            if (!asJson) {
                out.print(isFirst ? "" : "\n");
                out.println(String.format("%-10s %s", "File", isManifest ? part.file() : file));
            }
            isFirst = false;
            if (part.isSnapshot() || !isCommands(part)) {
                isFine &= survey(part);
            } else {
                tellCommands(part.bytes());
            }
        }
        return isFine;
    }

    /** Whatever else does not look like an append-only file is refused as a bad RDB file. */
    private static boolean isCommands(AofListing.Part part) throws IOException {
        try (var content = Files.newInputStream(part.file())) {
            int first = content.read();
            return first < 0 || first == '*' || first == '#';
        }
    }

    private void tellCommands(long bytes) {
        if (!asJson) {
            String size = TextReport.size(bytes);
            out.println(String.format("%-10s %s of commands, not looked into", "Format", size));
        }
    }

    private Feed open(Path path) throws IOException {
        Feed content = new FileFeed(path);
        // Only the script that starts this program can see what is a terminal.
        return Boolean.getBoolean("sigrun.progress")
                ? new ProgressFeed(content, new SystemClock(), err)
                : content;
    }

    private boolean survey(AofListing.Part part) throws IOException {
        Survey survey = new Survey(top);
        try (Feed feed = open(part.file())) {
            survey.run(feed);
        }
        if (asJson) {
            JsonReport.print(survey, out);
        } else {
            TextReport.print(survey, out);
            long behind = part.bytes() - survey.end().bytes();
            if (part.isSnapshot() && behind > 0 && survey.end().failure() == null) {
                out.println();
                tellCommands(behind);
            }
        }
        LoadFailure failure = survey.end().failure();
        if (failure != null) {
            out.flush();
            err.println("sigrun-inspect: " + part.file() + " ends here: " + failure);
        }
        return failure == null;
    }
}
