// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Errno;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an append-only file and its manifest. Confined to one thread at a time: to the one
 * that loads, then to the one that writes.
 *
 * <p>A file is in its place, under its name, before a manifest names it; and a file that is loaded
 * goes only when no manifest on the disk names it any more. So whatever moment is the last one,
 * what the manifest names is there and whole.
 */
final class AofFolder {
    private static final Logger LOG = LoggerFactory.getLogger(AofFolder.class);

    private final Disk disk;
    private final String prefix;
    private final String folderName;
    private Path working;
    private Manifest manifest = Manifest.EMPTY;
    private boolean isRead;

    /**
     * Makes one that has not looked at the disk.
     *
     * @param working where the folder is, and where files are written that are not in it yet
     * @param folderName what {@code appenddirname} says
     * @param prefix what {@code appendfilename} says
     */
    AofFolder(Disk disk, Path working, String folderName, String prefix) {
        this.disk = disk;
        this.working = working;
        this.folderName = folderName;
        this.prefix = prefix;
    }

    Disk disk() {
        return disk;
    }

    /** The folder is to be found elsewhere from now on. */
    void moveTo(Path newWorking) {
        working = newWorking;
    }

    Path path() {
        return working.resolve(ByteText.toPeople(folderName));
    }

    /** What the folder is called, for the log. */
    String shownName() {
        return ByteText.toPeople(folderName);
    }

    /** The file of a server without manifests. */
    Path oldFile() {
        return working.resolve(ByteText.toPeople(prefix));
    }

    String prefix() {
        return prefix;
    }

    Path manifestPath() {
        return path().resolve(ByteText.toPeople(prefix) + ".manifest");
    }

    /** The file that takes changes while there is no base to which they could belong. */
    Path temporaryIncr() {
        return path().resolve(temporaryIncrName());
    }

    String temporaryIncrName() {
        return "temp-" + ByteText.toPeople(prefix) + ".incr";
    }

    /** The file that becomes the next base. */
    Path temporaryBase() {
        return path().resolve("temp-" + ByteText.toPeople(prefix) + ".base");
    }

    /** The file that becomes a base of commands. */
    Path temporarySnapshot() {
        return path().resolve("temp-" + ByteText.toPeople(prefix) + ".rdb");
    }

    private Path temporaryManifest() {
        return path().resolve("temp-" + manifestPath().getFileName());
    }

    Manifest manifest() {
        return manifest;
    }

    /** Reads the manifest, if there is one. */
    void readManifest() throws IOException, ManifestError {
        manifest = Manifest.EMPTY;
        isRead = true;
        if (disk.isFolder(path()) && disk.exists(manifestPath())) {
            manifest = Manifest.parse(text(disk, manifestPath()));
        }
    }

    /** Reads the manifest unless that was done. */
    void ensureRead() throws IOException {
        if (isRead) {
            return;
        }
        try {
            readManifest();
        } catch (ManifestError e) {
            isRead = false;
            e.report().forEach(LOG::warn);
            throw new IOException("the manifest makes no sense", e);
        }
    }

    /** The content of a small file, one character for each byte. */
    static String text(Disk disk, Path file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        try (Disk.Reading reading = disk.read(file)) {
            for (int n = reading.read(part, 0, part.length);
                    n > 0;
                    n = reading.read(part, 0, part.length)) {
                all.write(part, 0, n);
            }
        }
        return ByteText.fromBytes(all.toByteArray());
    }

    /** Makes the folder unless it is there. */
    void create() throws IOException {
        try {
            disk.createFolder(path());
        } catch (IOException e) {
            LOG.warn("Can't open or create append-only dir {}: {}", shownName(), Errno.text(e));
            throw e;
        }
    }

    /** Exchanges the manifest; only when it is on the disk does it hold. */
    void exchange(Manifest next) throws IOException {
        // What it names must be there whenever it is.
        disk.syncFolder(path());
        String name = manifestPath().getFileName().toString();
        Path temporary = temporaryManifest();
        try {
            try (Disk.Appending file = disk.append(temporary, true)) {
                ByteBuffer content = ByteBuffer.wrap(ByteText.toBytes(next.text()));
                while (content.hasRemaining()) {
                    file.write(content);
                }
                file.sync();
            }
        } catch (IOException e) {
            LOG.warn(
                    "Error trying to write the temporary AOF manifest file {}: {}",
                    temporary.getFileName(),
                    Errno.text(e));
            throw e;
        }
        try {
            disk.rename(temporary, manifestPath());
        } catch (IOException e) {
            LOG.warn(
                    "Error trying to rename the temporary AOF manifest file {} into {}: {}",
                    temporary.getFileName(),
                    name,
                    Errno.text(e));
            throw e;
        }
        manifest = next;
        try {
            disk.syncFolder(path());
        } catch (IOException e) {
            LOG.warn("Fail to fsync AOF directory {}: {}.", path(), Errno.text(e));
            throw e;
        }
    }

    /** Opens a file for changes. */
    Disk.Appending open(Path file, boolean empty) throws IOException {
        try {
            return disk.append(file, empty);
        } catch (IOException e) {
            LOG.warn("Can't open the append-only file {}: {}", file.getFileName(), Errno.text(e));
            throw e;
        }
    }

    /** Bytes of the files that the manifest names. */
    long bytes() throws IOException {
        long all = 0;
        for (AofFile file : manifest.toLoad()) {
            all += disk.size(file.in(path()));
        }
        return all;
    }

    /**
     * Removes the files that are of no more use. Should this be cut short, the next start goes on.
     */
    void removeHistory() {
        if (manifest.history().isEmpty()) {
            return;
        }
        for (AofFile file : manifest.history()) {
            LOG.info("Removing the history file {} in the background", file.shown());
            remove(file.in(path()));
        }
        try {
            exchange(manifest.withoutHistory());
        } catch (IOException e) {
            // Nobody loads what the manifest calls history, and the log has the reason.
            LOG.debug("The manifest still names files that are gone", e);
        }
    }

    /** Removes what a server has left behind that came to a sudden end. */
    void removeTemporary() {
        remove(temporaryIncr());
        remove(temporaryBase());
        remove(temporarySnapshot());
        remove(temporaryManifest());
    }

    /** Removes a file, if that is possible. */
    void remove(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            LOG.debug("Can't remove {}: {}", file, Errno.text(e));
        }
    }
}
