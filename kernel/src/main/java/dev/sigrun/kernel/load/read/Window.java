// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.kernel.load.read.LoadFailure.Kind;
import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.memory.Memory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The part of the input that is at hand, off the heap. It grows only by bytes that have arrived,
 * whatever lengths the input claims. Addresses hold until the next call that may read. Confined to
 * the thread that reads.
 */
@SuppressWarnings("MustBeClosedChecker") // close() closes it.
public final class Window implements AutoCloseable {
    private static final int BYTES = 1 << 20;
    private static final long BYTES_MAX = 3L << 30;

    private final Feed feed;
    private final boolean checksummed;
    private Runnable beforeWaiting = () -> {};
    private Arena arena;
    private MemorySegment segment;
    private long base;
    private long capacity;

    /** Positions in the window. */
    private long at;

    private long end;
    private long kept = -1;
    private long summedTo;
    private long crc;

    /** Where in the input the window begins. */
    private long offset;

    public Window(Feed feed, boolean checksummed) {
        this.feed = feed;
        this.checksummed = checksummed;
        hold(Arena.ofConfined(), BYTES);
    }

    private void hold(Arena fresh, long bytes) {
        arena = fresh;
        segment = fresh.allocate(bytes, Long.BYTES);
        base = segment.address();
        capacity = bytes;
    }

    /** Says what is done before there is nothing to do; it must not read. */
    public void beforeWaiting(Runnable action) {
        beforeWaiting = action;
    }

    /** Where in the input the next byte is. */
    public long offset() {
        return offset + at;
    }

    /** How much of the input cannot be there any more; the largest number when nobody knows. */
    public long remainingMax() {
        return feed.bytesTotal() == 0 ? Long.MAX_VALUE : feed.bytesTotal() - offset();
    }

    /** Keeps what comes next at hand until {@link #release}. */
    public void keep() {
        kept = at;
    }

    /** Address of what is kept. */
    public long keptAddress() {
        return base + kept;
    }

    /** Bytes from there to the next one. */
    public long keptLength() {
        return at - kept;
    }

    /** Lets go of what was kept. */
    public void release() {
        kept = -1;
    }

    /** Address of the next byte. */
    public long address() {
        return base + at;
    }

    /** Has so many bytes at hand. */
    public void require(long bytes) throws LoadException {
        if (end - at < bytes) {
            fill(bytes);
        }
    }

    private void fill(long bytes) throws LoadException {
        if (bytes > remainingMax() || bytes < 0) {
            throw ended();
        }
        while (end - at < bytes) {
            makeRoom(bytes);
            ByteBuffer room = segment.asSlice(end, Math.min(capacity - end, BYTES)).asByteBuffer();
            if (feed.wouldWait()) {
                beforeWaiting.run();
            }
            int count;
            try {
                count = feed.read(room);
            } catch (IOException e) {
                throw new LoadException(Kind.INPUT, "The input cannot be read: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LoadException(Kind.CANCELLED, "The reading was stopped.");
            }
            if (count < 0) {
                throw ended();
            }
            end += count;
        }
    }

    public static LoadException ended() {
        return new LoadException(Kind.INPUT, "Unexpected EOF reading RDB file");
    }

    private void makeRoom(long bytes) throws LoadException {
        long needed = kept < 0 ? at : kept;
        if (end == capacity || at + bytes > capacity) {
            if (needed > 0) {
                sumTo(needed);
                Memory.copy(base + needed, base, end - needed);
                offset += needed;
                at -= needed;
                end -= needed;
                summedTo -= needed;
                kept = kept < 0 ? kept : 0;
            }
            if (end == capacity) {
                grow();
            }
        }
    }

    private void grow() throws LoadException {
        if (capacity >= BYTES_MAX) {
            throw LoadException.corrupt("A value is longer than any may be.");
        }
        Arena old = arena;
        long oldBase = base;
        hold(Arena.ofConfined(), Math.min(capacity * 2, BYTES_MAX));
        Memory.copy(oldBase, base, end);
        old.close();
    }

    /** Gives most memory back after a value that was very long. */
    public void trim() {
        if (capacity > 4L * BYTES && kept < 0 && end - at <= BYTES) {
            sumTo(at);
            Arena old = arena;
            long from = base + at;
            long length = end - at;
            hold(Arena.ofConfined(), BYTES);
            Memory.copy(from, base, length);
            old.close();
            offset += at;
            at = 0;
            end = length;
            summedTo = 0;
        }
    }

    private void sumTo(long position) {
        if (checksummed && position > summedTo) {
            crc = Crc64.update(crc, base + summedTo, position - summedTo);
        }
        summedTo = Math.max(summedTo, position);
    }

    /** The checksum of all bytes before the next one. */
    public long checksum() {
        sumTo(at);
        return crc;
    }

    /** Lets the feed take back what is not used. */
    public void giveBackRest() {
        feed.giveBack(segment.asSlice(at, end - at).asByteBuffer());
        end = at;
    }

    /** Passes over bytes. */
    public void skip(long bytes) throws LoadException {
        if (end - at >= bytes && bytes >= 0) {
            at += bytes;
            return;
        }
        if (bytes < 0) {
            throw ended();
        }
        if (kept >= 0) {
            require(bytes);
            at += bytes;
            return;
        }
        long left = bytes;
        while (left > 0) {
            require(1);
            long step = Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    public int readByte() throws LoadException {
        require(1);
        return Memory.getByte(base + at++) & 0xff;
    }

    /** The next byte, which stays unread. */
    public int peekByte() throws LoadException {
        require(1);
        return Memory.getByte(base + at) & 0xff;
    }

    public int readInt() throws LoadException {
        require(Integer.BYTES);
        int value = Memory.getInt(base + at);
        at += Integer.BYTES;
        return value;
    }

    public long readLong() throws LoadException {
        require(Long.BYTES);
        long value = Memory.getLong(base + at);
        at += Long.BYTES;
        return value;
    }

    /** A length, or any unsigned number of 64 bits: what is negative here is huge. */
    public long readLength() throws LoadException {
        int first = readByte();
        if (first < 0x40) {
            return first;
        }
        if (first < 0x80) {
            return (long) (first & 0x3f) << 8 | readByte();
        }
        return switch (first) {
            case 0x80 -> Integer.toUnsignedLong(Integer.reverseBytes(readInt()));
            case 0x81 -> Long.reverseBytes(readLong());
            default ->
                    throw LoadException.corrupt(
                            "Unknown length encoding " + (first >>> 6) + " in rdbLoadLen()");
        };
    }

    /** Passes over a string in any of its encodings. */
    public void skipString() throws LoadException {
        int first = peekByte();
        if (first < 0xc0) {
            skip(readLength());
            return;
        }
        at++;
        switch (first) {
            case 0xc0 -> skip(1);
            case 0xc1 -> skip(2);
            case 0xc2 -> skip(4);
            case 0xc3 -> {
                long packed = readLength();
                readLength();
                skip(packed);
            }
            default ->
                    throw LoadException.corrupt(
                            "Unknown RDB string encoding type " + (first & 0x3f));
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
