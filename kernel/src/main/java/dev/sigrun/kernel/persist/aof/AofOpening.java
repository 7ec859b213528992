// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.snapshot.SnapshotEnd;
import dev.sigrun.kernel.snapshot.Snapshots;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the append-only file of a server that starts: the last one that the manifest names, or the
 * first one where there is none yet. Owner thread only, where not said otherwise.
 */
final class AofOpening {
    private static final Logger LOG = LoggerFactory.getLogger(AofOpening.class);

    private final Owner owner;
    private final AofFolder folder;
    private final AofWriter writer;
    private final Snapshots snapshots;
    private final Supplier<BaseForm> form;
    private final AppendBuffer buffer;
    private final AofFigures figures;

    AofOpening(
            Owner owner,
            AofFolder folder,
            AofWriter writer,
            Snapshots snapshots,
            Supplier<BaseForm> form,
            AppendBuffer buffer,
            AofFigures figures) {
        this.owner = owner;
        this.folder = folder;
        this.writer = writer;
        this.snapshots = snapshots;
        this.form = form;
        this.buffer = buffer;
        this.figures = figures;
    }

    /**
     * Opens it.
     *
     * @param done hears in a later turn whether the writer has a file, else the log says why not
     */
    void begin(Consumer<Boolean> done) {
        BaseForm base = form.get();
        BaseSink sink = new BaseSink(folder, false, base.isRdb(), base.head());
        writer.submit(() -> {
            folder.removeTemporary();
            boolean isNew = folder.manifest().isEmpty();
            owner.execute(() -> {
                if (isNew && !writeFirst(base, sink)) {
                    done.accept(false);
                    return;
                }
                writer.submit(() -> {
                    boolean isOpen = open(isNew, base.isRdb());
                    owner.execute(() -> done.accept(isOpen));
                });
            });
        });
    }

    /** Where there is nothing yet the base is empty, and written at once. */
    private boolean writeFirst(BaseForm base, BaseSink sink) {
        SnapshotEnd end = snapshots.write(base.plan(), sink);
        if (!end.isComplete()) {
            LOG.warn(
                    "Write error writing append only file on disk: {}",
                    String.valueOf(end.failure().getMessage()));
        }
        figures.base(sink.bytes());
        figures.settle(sink.bytes(), buffer.end());
        return end.isComplete();
    }

    /** On the thread that writes. */
    private boolean open(boolean isNew, boolean asRdb) {
        try {
            Manifest next = folder.manifest();
            if (isNew) {
                next = next.withBase(folder.prefix(), asRdb);
                folder.disk().rename(folder.temporaryBase(), next.base().in(folder.path()));
                LOG.info("Creating AOF base file {} on server start", next.base().shown());
            }
            boolean isThere = next.last() != null;
            if (!isThere) {
                next = next.withIncr(folder.prefix());
            }
            writer.open(folder.open(next.last().in(folder.path()), false));
            if (!next.equals(folder.manifest())) {
                folder.exchange(next);
            }
            LOG.info(
                    "{} AOF incr file {} on server start",
                    isThere ? "Opening" : "Creating",
                    next.last().shown());
            folder.removeHistory();
            return true;
        } catch (IOException e) {
            LOG.warn("The append-only file cannot be opened: {}", Errno.text(e));
            return false;
        }
    }
}
