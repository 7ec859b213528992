// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.Errno;
import dev.sigrun.kernel.loop.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a snapshot the base that was written elsewhere and is on the disk already, so that the same
 * data is not written once more. Owner thread only, but for the steps that it has others do.
 */
final class AofAdoption {
    private static final Logger LOG = LoggerFactory.getLogger(AofAdoption.class);

    private final AofFolder folder;
    private final AofWriter writer;
    private final Owner owner;

    AofAdoption(AofFolder folder, AofWriter writer, Owner owner) {
        this.folder = folder;
        this.writer = writer;
        this.owner = owner;
    }

    /**
     * Begins; effects that are handed to the writer from here on go to a file behind that base.
     *
     * @param snapshot all data as it is now, synced; it gets another name, or goes
     * @param keepsHistory whether the files that are of no more use stay
     * @param done hears in a later turn the bytes of the base; -1 when there is none, the log says
     *     why, and effects have gone nowhere since
     */
    void begin(Path snapshot, boolean keepsHistory, LongConsumer done) {
        writer.submit(() -> {
            long bytes = adopt(snapshot, keepsHistory);
            owner.execute(() -> done.accept(bytes));
        });
    }

    /** On the thread that writes. */
    private long adopt(Path snapshot, boolean keepsHistory) {
        long sequence = -1;
        Manifest next = null;
        try {
            long bytes = folder.disk().size(snapshot);
            folder.create();
            folder.ensureRead();
            sequence = folder.manifest().baseSequence();
            next = folder.manifest().withBase(folder.prefix(), true).rewritten(0);
            next = next.withIncr(folder.prefix());
            folder.disk().rename(snapshot, next.base().in(folder.path()));
            Disk.Appending file = folder.open(next.last().in(folder.path()), true);
            try {
                folder.exchange(next);
            } catch (IOException e) {
                file.close();
                throw e;
            }
            writer.open(file);
            LOG.info("Reused RDB file from primary sync as AOF base file: {}", next.base().shown());
            if (!keepsHistory) {
                folder.removeHistory();
            }
            return bytes;
        } catch (IOException e) {
            LOG.warn(
                    "Error trying to make the RDB file {} the base of the AOF: {}",
                    snapshot.getFileName(),
                    Errno.text(e));
            folder.remove(snapshot);
            if (next != null && folder.manifest().baseSequence() == sequence) {
                folder.remove(next.base().in(folder.path()));
                folder.remove(next.last().in(folder.path()));
            }
            return -1;
        }
    }
}
