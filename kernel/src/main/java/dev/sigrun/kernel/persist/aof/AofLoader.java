// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadEnd;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.load.Loads;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.persist.StartupData.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the files of a manifest, one after the other, while the owner serves whom it can. Owner
 * thread only, but for what looks at files. Used once.
 */
final class AofLoader implements Load {
    private static final Logger LOG = LoggerFactory.getLogger(AofLoader.class);

    private final AofFolder folder;
    private final Config config;
    private final Owner owner;
    private final Background background;
    private final Clock clock;
    private final Dispatcher dispatcher;
    private final Loads loads;
    private final Supplier<LoadPlan> plan;
    private final Consumer<End> done;
    private final Queue<AofFile> files = new ArrayDeque<>();
    private final AtomicLong bytesTotal = new AtomicLong();
    private final AtomicLong bytesBefore = new AtomicLong();
    private final AtomicLong keys = new AtomicLong();
    private long baseBytes;
    private long fileNanos;
    private AofFile file;
    private Path path;
    private long preambleEnd;
    private FileReplay replay;
    private Load preamble;

    /**
     * How it went.
     *
     * @param bytes bytes of all files
     * @param baseBytes bytes of the base
     */
    record End(Outcome outcome, long bytes, long baseBytes) {
        static final End NOTHING = new End(Outcome.ABSENT, 0, 0);
        static final End FAILED = new End(Outcome.FAILED, 0, 0);
    }

    AofLoader(
            AofFolder folder,
            Config config,
            Owner owner,
            Background background,
            Clock clock,
            Dispatcher dispatcher,
            Loads loads,
            Supplier<LoadPlan> plan,
            Consumer<End> done) {
        this.folder = folder;
        this.config = config;
        this.owner = owner;
        this.background = background;
        this.clock = clock;
        this.dispatcher = dispatcher;
        this.loads = loads;
        this.plan = plan;
        this.done = done;
    }

    @Override
    public long bytesRead() {
        FileReplay now = replay;
        Load before = preamble;
        long here =
                now != null ? preambleEnd + now.bytes() : before == null ? 0 : before.bytesRead();
        return bytesBefore.get() + here;
    }

    @Override
    public long bytesTotal() {
        return bytesTotal.get();
    }

    @Override
    public long keys() {
        return keys.get();
    }

    @Override
    public void cancel() {
        if (replay != null) {
            replay.cancel();
        }
        if (preamble != null) {
            preamble.cancel();
        }
    }

    /** Begins. */
    void begin() {
        background.run("aof-manifest", this::look);
    }

    // ---- elsewhere ----

    private void look() {
        End outcome;
        try {
            folder.readManifest();
            upgrade();
            outcome = measure();
        } catch (ManifestError e) {
            e.report().forEach(LOG::warn);
            outcome = End.FAILED;
        } catch (IOException e) {
            LOG.warn("Fatal error: can't read the AOF files: {}", Errno.text(e));
            outcome = End.FAILED;
        }
        End end = outcome;
        owner.execute(() -> {
            if (end != null) {
                done.accept(end);
            } else {
                files.addAll(folder.manifest().toLoad());
                nextFile();
            }
        });
    }

    /** A file from before there were manifests becomes the base of one. */
    private void upgrade() throws IOException {
        Disk disk = folder.disk();
        if (!disk.exists(folder.oldFile()) || disk.isFolder(folder.oldFile())) {
            return;
        }
        Manifest manifest = folder.manifest();
        Path moved = folder.path().resolve(folder.oldFile().getFileName());
        boolean isCutShort =
                manifest.base() != null
                        && manifest.incrs().isEmpty()
                        && manifest.base().name().equals(folder.prefix())
                        && !disk.exists(moved);
        if (!disk.isFolder(folder.path()) || manifest.isEmpty() || isCutShort) {
            folder.create();
            folder.exchange(manifest.withOldBase(folder.prefix()));
            disk.rename(folder.oldFile(), moved);
            disk.syncFolder(folder.path());
            LOG.info(
                    "Successfully migrated an old-style AOF file ({}) into the AOF directory ({}).",
                    moved.getFileName(),
                    folder.shownName());
        }
    }

    private End measure() throws IOException {
        if (folder.manifest().isEmpty()) {
            return End.NOTHING;
        }
        for (AofFile one : folder.manifest().toLoad()) {
            try {
                long bytes = folder.disk().size(one.in(folder.path()));
                bytesTotal.addAndGet(bytes);
                if (one.kind() == AofFile.Kind.BASE) {
                    baseBytes = bytes;
                }
            } catch (IOException e) {
                LOG.warn(
                        "Unable to obtain the AOF file {} length. stat: {}",
                        one.shown(),
                        Errno.text(e));
                return End.FAILED;
            }
        }
        return bytesTotal.get() == 0 ? new End(Outcome.LOADED, 0, 0) : null;
    }

    /** Whether a file begins like a snapshot. */
    static boolean isRdb(Disk disk, Path file) throws IOException {
        byte[] begin = new byte[6];
        int length = 0;
        try (Disk.Reading reading = disk.read(file)) {
            while (length < begin.length) {
                int more = reading.read(begin, length, begin.length - length);
                if (more < 0) {
                    break;
                }
                length += more;
            }
        }
        String magic = new String(begin, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1);
        return magic.equals("REDIS0") || magic.equals("VALKEY");
    }

    // ---- on the owner ----

    private void nextFile() {
        file = files.poll();
        replay = null;
        preamble = null;
        preambleEnd = 0;
        if (file == null) {
            done.accept(new End(Outcome.LOADED, bytesTotal.get(), baseBytes));
            return;
        }
        path = file.in(folder.path());
        fileNanos = clock.nanos();
        background.run(
                "aof-look",
                () -> {
                    try {
                        boolean isRdb = isRdb(folder.disk(), path);
                        owner.execute(() -> load(isRdb));
                    } catch (IOException e) {
                        LOG.warn(
                                "Fatal error: can't open the append log file {} for reading: {}",
                                file.shown(),
                                Errno.text(e));
                        owner.execute(() -> done.accept(End.FAILED));
                    }
                });
    }

    private static String seconds(long nanos) {
        long millis = nanos / 1_000_000;
        return millis / 1000 + "." + String.valueOf(1000 + millis % 1000).substring(1);
    }

    private boolean isOldStyle() {
        return file.name().equals(folder.prefix());
    }

    private void load(boolean isRdb) {
        if (!isRdb) {
            replay(0);
            return;
        }
        LOG.info(
                isOldStyle()
                        ? "Reading RDB preamble from AOF file..."
                        : "Reading RDB base file on AOF loading...");
        preamble =
                loads.begin(
                        plan.get().on(LoadPlan.Expired.KEEP),
                        LoadSource.file(path),
                        this::preambleLoaded);
    }

    private void preambleLoaded(LoadEnd end) {
        keys.addAndGet(end.keys());
        if (!end.isComplete()) {
            LOG.warn("{}", end.failure());
            LOG.warn(
                    isOldStyle()
                            ? "Error reading the RDB preamble of the AOF file {}, AOF loading"
                                    + " aborted"
                            : "Error reading the RDB base file {}, AOF loading aborted",
                    file.shown());
            done.accept(End.FAILED);
            return;
        }
        if (isOldStyle()) {
            LOG.info("Reading the remaining AOF tail...");
        }
        preambleEnd = end.bytes();
        replay(end.bytes());
    }

    private void replay(long from) {
        replay =
                new FileReplay(folder.disk(), path, from, owner, clock, dispatcher, this::replayed);
        replay.begin(background);
    }

    private void replayed(FileReplay.Result result) {
        switch (result.ending()) {
            case COMPLETE -> fileLoaded();
            case SHORT -> shortFile(result);
            case BROKEN ->
                    fail(
                            "Bad file format reading the append only file {}: make a backup of your"
                                    + " AOF file, then use ./valkey-check-aof --fix"
                                    + " <filename.manifest>",
                            file.shown());
            case REFUSED ->
                    fail(
                            "Error reading the append only file {}, error: {}",
                            file.shown(),
                            result.reason());
            case UNREADABLE ->
                    fail(
                            "Unrecoverable error reading the append only file {}: {}",
                            file.shown(),
                            result.reason());
        }
    }

    private void fail(String text, Object... words) {
        LOG.warn(text, words);
        done.accept(End.FAILED);
    }

    private void fileLoaded() {
        bytesBefore.addAndGet(preambleEnd + replay.bytes());
        replay = null;
        LOG.info(
                "DB loaded from {} file {}: {} seconds",
                file.kind() == AofFile.Kind.BASE ? "base" : "incr",
                file.shown(),
                seconds(clock.nanos() - fileNanos));
        nextFile();
    }

    private void shortFile(FileReplay.Result result) {
        String name = file.shown();
        if (result.inMulti()) {
            LOG.warn("Revert incomplete MULTI/EXEC transaction in AOF file {}", name);
        }
        if (!config.booleanValue(PersistenceParameters.AOF_LOAD_TRUNCATED)) {
            failShort();
            return;
        }
        LOG.warn("!!! Warning: short read while loading the AOF file {}!!!", name);
        LOG.warn("!!! Truncating the AOF {} at offset {} !!!", name, result.validEnd());
        background.run(
                "aof-cut",
                () -> {
                    String failure = null;
                    try {
                        folder.disk().truncate(path, result.validEnd());
                    } catch (IOException e) {
                        failure = Errno.text(e);
                    }
                    String reason = failure;
                    owner.execute(() -> cut(result.validEnd(), reason));
                });
    }

    private void failShort() {
        fail(
                "Unexpected end of file reading the append only file {}. You can: 1) Make a backup"
                        + " of your AOF file, then use ./valkey-check-aof --fix"
                        + " <filename.manifest>. 2) Alternatively you can set the"
                        + " 'aof-load-truncated' configuration option to yes and restart the"
                        + " server.",
                file.shown());
    }

    private void cut(long validEnd, String failure) {
        if (failure != null) {
            LOG.warn("Error truncating the AOF file {}: {}", file.shown(), failure);
            failShort();
            return;
        }
        LOG.warn("AOF {} loaded anyway because aof-load-truncated is enabled", file.shown());
        if (!files.isEmpty()) {
            fail("Fatal error: the truncated file is not the last file");
            return;
        }
        bytesTotal.addAndGet(validEnd - preambleEnd - replay.bytes());
        fileLoaded();
    }
}
