// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.Errno;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Looks whether an append-only file could be loaded, without a server, and can cut off what could
 * not. Says what {@code valkey-check-aof} says. One thread.
 */
public final class AofCheck {
    private static final int PIECE_BYTES = 128 * 1024;

    private final Disk disk;
    private final PrintStream out;
    private final BufferedReader answers;
    private final boolean fixes;
    private final long untilSeconds;

    /** The check has come to its end, because of what was found. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;

        Stopped(String message) {
            super(message);
        }
    }

    /**
     * Makes one.
     *
     * @param answers where is read whether to go on
     * @param fixes whether to cut off what cannot be loaded
     * @param untilSeconds cuts before the first mark of a later Unix time; 0 for not
     */
    public AofCheck(
            Disk disk, PrintStream out, BufferedReader answers, boolean fixes, long untilSeconds) {
        this.disk = disk;
        this.out = out;
        this.answers = answers;
        this.fixes = fixes;
        this.untilSeconds = untilSeconds;
    }

    /**
     * Checks a manifest with all its files, or a file from before there were manifests.
     *
     * @return whether everything is fine by now
     */
    public boolean check(Path path) {
        try {
            if (!disk.exists(path)) {
                throw new Stopped("Cannot open file " + path + ": No such file or directory");
            }
            if (AofListing.isManifest(disk, path)) {
                checkAll(path);
            } else {
                out.println("Start checking Old-Style AOF");
                checkFile(path.toString(), path, "AOF", true);
            }
            return true;
        } catch (Stopped e) {
            out.println(e.getMessage());
        } catch (ManifestError e) {
            e.report().forEach(out::println);
        } catch (IOException e) {
            out.println("Cannot read file " + path + ": " + Errno.text(e) + ", aborting...");
        }
        return false;
    }

    private void checkAll(Path path) throws IOException, ManifestError, Stopped {
        out.println("Start checking Multi Part AOF");
        Manifest manifest = Manifest.parse(AofFolder.text(disk, path));
        Path folder = path.toAbsolutePath().getParent();
        if (manifest.base() != null) {
            AofFile base = manifest.base();
            boolean isRdb = AofLoader.isRdb(disk, base.in(folder));
            out.println("Start to check BASE AOF (" + (isRdb ? "RDB" : "RESP") + " format).");
            checkFile(base.shown(), base.in(folder), "BASE AOF", manifest.incrs().isEmpty());
        }
        if (!manifest.incrs().isEmpty()) {
            out.println("Start to check INCR files.");
        }
        for (AofFile incr : manifest.incrs()) {
            checkFile(incr.shown(), incr.in(folder), "INCR AOF", incr.equals(manifest.last()));
        }
        out.println("All AOF files and manifest are valid");
    }

    private void checkFile(String name, Path path, String kind, boolean isLast)
            throws IOException, Stopped {
        long size;
        try {
            size = disk.size(path);
        } catch (IOException e) {
            throw new Stopped("Cannot open file " + path + ": " + Errno.text(e) + ", aborting...");
        }
        if (size == 0) {
            out.println(kind + " " + name + " is empty");
            return;
        }
        CommandScan scan = new CommandScan(preambleEnd(path));
        if (untilSeconds > 0) {
            scan.until(untilSeconds);
        }
        scan(path, scan);
        if (scan.isTooLate()) {
            cutAtTime(name, path, scan.validEnd(), isLast);
            return;
        }
        if (scan.isBroken()) {
            out.println("AOF " + name + " format error");
        } else if (scan.isInMulti() && !scan.isInside()) {
            out.println("Reached EOF before reading EXEC for MULTI");
        }
        long diff = size - scan.validEnd();
        if (diff == 0 && untilSeconds > 0) {
            out.println("Truncate nothing in AOF " + name + " to timestamp " + untilSeconds);
        } else {
            out.println(
                    "AOF analyzed: filename="
                            + name
                            + ", size="
                            + size
                            + ", ok_up_to="
                            + scan.validEnd()
                            + ", diff="
                            + diff);
        }
        if (diff == 0) {
            out.println(kind + " " + name + " is valid");
        } else {
            fix(name, path, size, scan.validEnd(), isLast);
        }
    }

    /** Where the commands begin. */
    private long preambleEnd(Path path) throws IOException, Stopped {
        if (!AofLoader.isRdb(disk, path)) {
            return 0;
        }
        try (SnapshotBytes snapshot = new SnapshotBytes(disk.read(path))) {
            long end = snapshot.skipAll();
            out.println("RDB preamble is OK, proceeding with AOF tail...");
            return end;
        } catch (IOException | RuntimeException e) {
            throw new Stopped("RDB preamble of AOF file is not sane, aborting. " + e.getMessage());
        }
    }

    private void scan(Path path, CommandScan scan) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        try (Disk.Reading file = disk.read(path)) {
            file.position(scan.validEnd());
            while (!scan.isBroken() && !scan.isTooLate()) {
                int length = file.read(piece, 0, piece.length);
                if (length < 0) {
                    return;
                }
                scan.take(piece, length);
            }
        }
    }

    private void cutAtTime(String name, Path path, long end, boolean isLast)
            throws IOException, Stopped {
        if (end == 0) {
            throw new Stopped(
                    "AOF "
                            + name
                            + " has nothing before timestamp "
                            + untilSeconds
                            + ", aborting...");
        }
        if (!isLast) {
            throw new Stopped(
                    "Failed to truncate AOF "
                            + name
                            + " to timestamp "
                            + untilSeconds
                            + " to offset "
                            + end
                            + " because it is not the last file.\n"
                            + "If you insist, please delete all files after this file according to"
                            + " the manifest file and delete the corresponding records in manifest"
                            + " file manually. Then re-run sigrun-check-aof.");
        }
        disk.truncate(path, end);
        out.println("Successfully truncated AOF " + name + " to timestamp " + untilSeconds);
    }

    private void fix(String name, Path path, long size, long end, boolean isLast)
            throws IOException, Stopped {
        if (!fixes) {
            throw new Stopped(
                    "AOF " + name + " is not valid. Use the --fix option to try fixing it.");
        }
        if (!isLast) {
            throw new Stopped(
                    "Failed to truncate AOF " + name + " because it is not the last file");
        }
        out.println(
                "This will shrink the AOF "
                        + name
                        + " from "
                        + size
                        + " bytes, with "
                        + (size - end)
                        + " bytes, to "
                        + end
                        + " bytes");
        out.print("Continue? [y/N]: ");
        out.flush();
        String answer = answers.readLine();
        if (answer == null || !answer.toLowerCase(java.util.Locale.ROOT).startsWith("y")) {
            throw new Stopped("Aborting...");
        }
        disk.truncate(path, end);
        out.println("Successfully truncated AOF " + name);
    }
}
