// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import dev.sigrun.kernel.load.read.Feed;
import dev.sigrun.kernel.load.read.FileFeed;
import dev.sigrun.kernel.load.read.LayoutNames;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.kernel.load.read.ReadEnd;
import dev.sigrun.kernel.load.read.ReadRules;
import dev.sigrun.kernel.load.read.RecordReader;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.store.Store;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * Looks whether a file could be loaded, with all its values, and says what {@code valkey-check-rdb}
 * says. It takes the memory of one value at a time. One thread.
 */
public final class SnapshotCheck {
    private final Store store;
    private final Libraries libraries;
    private final CheckOptions options;
    private final PrintStream out;
    private final CheckNotes notes;
    private final Verdict verdict = new Verdict();
    private final Profile profile;

    /** Looks at libraries of functions. */
    @FunctionalInterface
    public interface Libraries {
        /**
         * Compiles one.
         *
         * @throws RdbException when that is not possible
         */
        void load(Bytes code) throws RdbException;
    }

    /**
     * Makes one, for one file.
     *
     * @param store knows the types, and holds nothing
     */
    public SnapshotCheck(Store store, Libraries libraries, CheckOptions options, PrintStream out) {
        this.store = store;
        this.libraries = libraries;
        this.options = options;
        this.out = out;
        this.notes = new CheckNotes(out);
        this.profile = options.isProfiled() ? new Profile() : null;
    }

    /**
     * Checks a file.
     *
     * @param shownName how the user calls it
     * @param figures where the figures go that the options want
     * @return whether it could be loaded
     */
    public boolean check(String shownName, Path file, PrintStream figures) {
        notes.say(0, "Checking RDB file " + shownName);
        store.advance();
        try (Feed feed = new FileFeed(file)) {
            return check(feed, figures);
        } catch (IOException e) {
            notes.say(0, "Cannot read the file: " + reason(e));
            notes.say(0, "Check RDB returned error code 1 (0 means success)");
            return false;
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? "No such file or directory"
                : e.getMessage();
    }

    private boolean check(Feed feed, PrintStream figures) {
        Window in = new Window(feed, true);
        ReadRules rules = new ReadRules(true, false, Integer.MAX_VALUE);
        try (CheckRecords records =
                        new CheckRecords(store, in, libraries, notes, verdict, profile);
                RecordReader reader = new RecordReader(rules, in, records)) {
            ReadEnd end = reader.run();
            LoadFailure failure = end.failure();
            if (failure == null && reader.doing() == RecordReader.Doing.CHECKSUM) {
                tellChecksum(end, records.version(), in.offset());
            } else if (failure != null) {
                tell(failure, reader, records);
            }
            int status = failure == null ? 0 : 1;
            notes.say(
                    end.bytes(), "Check RDB returned error code " + status + " (0 means success)");
            if (failure == null) {
                tellSuccess(end.bytes(), records.version(), figures);
            }
            return failure == null;
        }
    }

    private void tellChecksum(ReadEnd end, int version, long offset) {
        if (version < RecordReader.CHECKSUM_VERSION_MIN) {
            return;
        }
        notes.say(
                offset,
                end.unsummed()
                        ? "RDB file was saved with checksum disabled: no check performed."
                        : "Checksum OK");
    }

    private void tellSuccess(long offset, int version, PrintStream figures) {
        boolean unusual = RdbFormat.isForeignVersion(version) || version > RdbFormat.VERSION;
        notes.say(
                offset,
                unusual
                        ? "\\o/ RDB looks OK, but loading requires config"
                                + " 'rdb-version-check relaxed'"
                        : "\\o/ RDB looks OK! \\o/");
        verdict.print(out);
        if (profile != null) {
            profile.print(options.format(), figures);
        }
    }

    private void tell(LoadFailure failure, RecordReader reader, CheckRecords records) {
        out.println("--- RDB ERROR DETECTED ---");
        notes.say(failure.offset(), reason(failure, reader));
        out.println("[additional info] While doing: " + doing(reader, records));
        if (failure.key() != null) {
            out.println("[additional info] Reading key '" + failure.key() + "'");
        }
        if (records.readsKey()) {
            out.println(
                    "[additional info] Reading type "
                            + reader.type()
                            + " ("
                            + LayoutNames.layout(reader.type())
                            + ")");
        }
        verdict.print(out);
    }

    private static String reason(LoadFailure failure, RecordReader reader) {
        return switch (failure.kind()) {
            case SIGNATURE -> "Wrong signature trying to load DB from file";
            case CHECKSUM -> "RDB CRC error";
            case VERSION -> {
                if (reader.type() < 0) {
                    yield failure.reason();
                }
                yield "Unknown object type "
                        + reader.type()
                        + " in RDB file with foreign version "
                        + reader.version();
            }
            default -> failure.reason();
        };
    }

    private static String doing(RecordReader reader, CheckRecords records) {
        return switch (reader.doing()) {
            case START -> "start";
            case TYPE -> "read-type";
            case EXPIRY -> "read-expire";
            case KEY -> {
                if (!records.readsKey()) {
                    yield "read-type";
                }
                yield records.keyText() == null ? "read-key" : "read-object-value";
            }
            case LENGTH -> "read-len";
            case FIELD -> "read-aux";
            case PLUGIN_DATA -> "read-module-aux";
            case LIBRARY -> "read-functions";
            case CHECKSUM -> "check-sum";
        };
    }
}
