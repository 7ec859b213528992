// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.load.read.Feed;
import dev.sigrun.kernel.load.read.FileFeed;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.LoadFailure;
import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.load.read.MemoryFeed;
import dev.sigrun.kernel.load.read.ReadEnd;
import dev.sigrun.kernel.load.read.ReadRules;
import dev.sigrun.kernel.load.read.RecordReader;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.store.Store;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A load that is under way: has a thread read, keeps what it read in slices, and tells the end.
 * Owner thread only, but for what is marked.
 */
final class ActiveLoad implements Load {
    /** How long commands may have to wait for a slice. */
    private static final long SLICE_NANOS = 300_000;

    private static final long DELAY_LOOK_MILLIS = 100;

    private final LoadPlan plan;
    private final LoadSource source;
    private final Consumer<LoadEnd> done;
    private final Store store;
    private final Owner owner;
    private final Clock clock;
    private final Handover handover = new Handover(this::wake);
    private final AtomicBoolean awake = new AtomicBoolean();
    private final RecordKeeper keeper;
    private final long beginNanos;
    private volatile Feed feed;
    private volatile boolean stopped;
    private volatile long bytesRead;
    private volatile long keys;
    private boolean sliced;
    private Batch batch;
    private int next;
    private ReadEnd readEnd;
    private LoadFailure failure;
    private boolean over;

    ActiveLoad(
            LoadPlan plan,
            LoadSource source,
            Consumer<LoadEnd> done,
            Store store,
            Owner owner,
            Clock clock) {
        this.plan = plan;
        this.source = source;
        this.done = done;
        this.store = store;
        this.owner = owner;
        this.clock = clock;
        this.beginNanos = clock.nanos();
        this.keeper = new RecordKeeper(store, plan);
    }

    // ---- any thread ----

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesTotal() {
        Feed open = feed;
        return open == null ? 0 : open.bytesTotal();
    }

    @Override
    public long keys() {
        return keys;
    }

    private void wake() {
        if (sliced && awake.compareAndSet(false, true)) {
            owner.execute(this::slice);
        }
    }

    // ---- the thread that reads ----

    private void read(LoadLimits limits) {
        try (Feed opened = open()) {
            feed = opened;
            if (stopped) {
                opened.stop();
            }
            Window in = new Window(opened, rules(limits).verifiesChecksum());
            BatchWriter out = new BatchWriter(handover, in);
            in.beforeWaiting(out::ship);
            try (BatchRecords records = new BatchRecords(plan, limits, in, out);
                    RecordReader reader = new RecordReader(rules(limits), in, records)) {
                out.end(reader.run());
            }
        } catch (NoSuchFileException e) {
            failEarly(Kind.MISSING, "There is no file " + e.getMessage());
        } catch (IOException e) {
            failEarly(Kind.INPUT, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (OutOfMemoryError e) {
            failEarly(Kind.MEMORY, "No memory is left to read with.");
        } finally {
            handover.readerLeaves();
        }
    }

    private ReadRules rules(LoadLimits limits) {
        return new ReadRules(
                plan.checksum() == LoadPlan.Checksum.VERIFY,
                plan.strictVersion(),
                limits.databases());
    }

    private Feed open() throws IOException {
        return switch (source) {
            case LoadSource.OfFile file -> new FileFeed(file.path());
            case LoadSource.OfMemory memory -> new MemoryFeed(memory.content());
            case LoadStream stream -> new StreamFeed(stream);
        };
    }

    private void failEarly(Kind kind, String reason) {
        try {
            Batch last = handover.takeEmpty();
            last.end = new ReadEnd(new LoadFailure(kind, reason, 0, null), 0, false);
            handover.give(last);
        } catch (LoadException e) {
            // It was stopped, which is known where it matters.
        }
    }

    // ---- the owner ----

    private void beginReading(Background background) {
        handover.keyDelayMicros(plan.keyDelayMicros().getAsInt());
        LoadLimits limits = LoadLimits.of(store, clock.unixMillis());
        background.run("load", () -> read(limits));
    }

    /** Begins to load in slices. */
    void begin(Background background) {
        sliced = true;
        beginReading(background);
        lookAtDelay();
    }

    private void lookAtDelay() {
        if (!over) {
            handover.keyDelayMicros(plan.keyDelayMicros().getAsInt());
            owner.after(DELAY_LOOK_MILLIS, this::lookAtDelay);
        }
    }

    /** Loads everything now. */
    LoadEnd run(Background background) {
        beginReading(background);
        for (Batch full = handover.take(); full != null; full = handover.take()) {
            batch = full;
            next = 0;
            while (batch != null) {
                keepSome(Long.MAX_VALUE);
            }
        }
        over = true;
        return end();
    }

    private void slice() {
        awake.set(false);
        if (over) {
            return;
        }
        store.advance();
        long until = clock.nanos() + SLICE_NANOS;
        do {
            if (batch == null) {
                batch = handover.poll();
                next = 0;
            }
            if (batch == null) {
                if (handover.isReaderGone()) {
                    finish();
                }
                return;
            }
            keepSome(until);
        } while (clock.nanos() - until < 0);
        wake();
    }

    /** Keeps records of the batch at hand until the time is over. */
    private void keepSome(long untilNanos) {
        Batch full = batch;
        try {
            while (failure == null && next < full.records) {
                next = keeper.keep(full, next);
                if (untilNanos != Long.MAX_VALUE && clock.nanos() - untilNanos >= 0) {
                    break;
                }
            }
        } catch (LoadException e) {
            fail(
                    new LoadFailure(
                            e.kind(),
                            e.getMessage(),
                            full.offset[keeper.record()],
                            keeper.keyText(full)));
        }
        keys = keeper.keys();
        if (failure != null || next == full.records) {
            if (full.end != null && readEnd == null) {
                readEnd = full.end;
            }
            bytesRead = full.endOffset;
            batch = null;
            handover.putBack(full);
        }
    }

    private void fail(LoadFailure why) {
        if (failure == null) {
            failure = why;
            stopped = true;
            handover.stop();
            Feed open = feed;
            if (open != null) {
                open.stop();
            }
        }
    }

    @Override
    public void cancel() {
        fail(new LoadFailure(Kind.CANCELLED, "The load was cancelled.", bytesRead, null));
    }

    private void finish() {
        over = true;
        done.accept(end());
    }

    private LoadEnd end() {
        handover.awaitReader();
        LoadFailure why = failure;
        if (why == null) {
            why =
                    readEnd == null
                            ? new LoadFailure(Kind.INPUT, "The reading ended.", bytesRead, null)
                            : readEnd.failure();
        }
        LoadEnd end =
                keeper.end(
                        why,
                        readEnd == null ? bytesRead : readEnd.bytes(),
                        (clock.nanos() - beginNanos) / 1_000_000);
        LoadLog.tellEnd(plan, end, readEnd != null && readEnd.unsummed());
        handover.close();
        return end;
    }
}
