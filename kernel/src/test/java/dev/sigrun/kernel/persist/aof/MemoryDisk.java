// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * Files in memory, which know what of them is safe: the bytes of a file up to its last sync, and
 * the names of a folder as of its last sync. May be told to fail or to take its time.
 */
final class MemoryDisk implements Disk {
    private final Map<Path, byte[]> files = new TreeMap<>();
    private final Map<Path, byte[]> synced = new TreeMap<>();
    private final Set<Path> folders = new HashSet<>();
    private final Semaphore syncs = new Semaphore(Integer.MAX_VALUE / 2);
    private Runnable beforeStep = () -> {};
    private IOException writeFailure;
    private IOException syncFailure;
    private int bytesUntilFailure;
    private int syncCount;

    /** Calls something before each step that changes what is on the disk. */
    synchronized void beforeStep(Runnable step) {
        beforeStep = step;
    }

    /** Writes fail once so many bytes have been written; null for never. */
    synchronized void failWrites(IOException failure, int afterBytes) {
        writeFailure = failure;
        bytesUntilFailure = afterBytes;
    }

    /** Syncs fail; null for never. */
    synchronized void failSyncs(IOException failure) {
        syncFailure = failure;
    }

    /** Syncs wait until they are let go. */
    void holdSyncs() {
        syncs.drainPermits();
    }

    /** Lets syncs go. */
    void releaseSyncs(int count) {
        syncs.release(count);
    }

    /** Syncs of files that have happened. */
    synchronized int syncCount() {
        return syncCount;
    }

    /** What is there now, as a process sees it that begins after this one was killed. */
    synchronized MemoryDisk afterKill() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((path, content) -> copy.files.put(path, content.clone()));
        copy.folders.addAll(folders);
        return copy;
    }

    /** The content of a file. */
    synchronized byte[] content(Path file) {
        return files.get(file).clone();
    }

    /** All names. */
    synchronized Set<Path> names() {
        return Set.copyOf(files.keySet());
    }

    /** Makes a file. */
    synchronized void put(Path file, byte[] content) {
        files.put(file, content);
        folders.add(file.getParent());
    }

    private void step() {
        beforeStep.run();
    }

    private final class File implements Appending {
        private Path path;
        private byte[] orphan;

        File(Path path) {
            this.path = path;
        }

        @Override
        public int write(ByteBuffer content) throws IOException {
            synchronized (MemoryDisk.this) {
                step();
                int length = content.remaining();
                if (writeFailure != null) {
                    length = Math.min(length, bytesUntilFailure);
                    bytesUntilFailure -= length;
                    if (length == 0) {
                        throw writeFailure;
                    }
                }
                byte[] old = files.getOrDefault(path, orphan == null ? new byte[0] : orphan);
                byte[] next = Arrays.copyOf(old, old.length + length);
                content.get(next, old.length, length);
                files.put(path, next);
                return length;
            }
        }

        @Override
        public void sync() throws IOException {
            syncs.acquireUninterruptibly();
            syncs.release(syncs.availablePermits() > 1 << 20 ? 1 : 0);
            synchronized (MemoryDisk.this) {
                if (syncFailure != null) {
                    throw syncFailure;
                }
                syncCount++;
                synced.put(path, files.get(path));
            }
        }

        @Override
        public long size() {
            synchronized (MemoryDisk.this) {
                return files.get(path).length;
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (MemoryDisk.this) {
                step();
                files.put(path, Arrays.copyOf(files.get(path), (int) size));
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static final class Content implements Reading {
        private final ByteBuffer content;

        Content(byte[] content) {
            this.content = ByteBuffer.wrap(content);
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int part = Math.min(length, content.remaining());
            content.get(target, offset, part);
            return part == 0 ? -1 : part;
        }

        @Override
        public void position(long offset) {
            content.position((int) offset);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private final Map<Path, File> open = new TreeMap<>();

    @Override
    public synchronized Appending append(Path file, boolean empty) {
        step();
        if (empty || !files.containsKey(file)) {
            files.put(file, new byte[0]);
        }
        File opened = new File(file);
        open.put(file, opened);
        return opened;
    }

    @Override
    public synchronized Reading read(Path file) throws IOException {
        require(file);
        return new Content(files.get(file));
    }

    private void require(Path file) throws IOException {
        if (!files.containsKey(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }

    @Override
    public synchronized boolean exists(Path path) {
        return files.containsKey(path) || folders.contains(path);
    }

    @Override
    public synchronized boolean isFolder(Path path) {
        return folders.contains(path);
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        require(file);
        return files.get(file).length;
    }

    @Override
    public synchronized void truncate(Path file, long size) {
        step();
        files.put(file, Arrays.copyOf(files.get(file), (int) size));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        require(from);
        step();
        files.put(to, files.remove(from));
        File renamed = open.remove(from);
        if (renamed != null) {
            renamed.path = to;
            open.put(to, renamed);
        }
    }

    @Override
    public synchronized void delete(Path file) {
        step();
        byte[] gone = files.remove(file);
        File orphaned = open.remove(file);
        if (orphaned != null) {
            orphaned.orphan = gone;
        }
    }

    @Override
    public synchronized void createFolder(Path folder) {
        step();
        folders.add(folder);
    }

    @Override
    public void syncFolder(Path folder) {
        // Names are always as they are.
    }
}
