// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import dev.sigrun.memory.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads of a snapshot: some encode pieces, one checksums and writes them in the order in
 * which the owner gave them, and encodes the next one itself when nobody else has begun to. The
 * owner never waits here.
 */
final class Pipeline {
    private static final int ENCODERS_MAX = 3;
    private static final int PIECES_KEPT_MAX = 64;
    private static final int HEAD_BYTES_MAX = 512;
    private static final int MICROS_PER_MILLI = 1000;

    /** How often a pause looks whether it is to be another one. */
    private static final long LOOK_MILLIS = 10;

    private final SnapshotPlan plan;
    private final SnapshotSink sink;
    private final Runnable ended;
    private final BlockingQueue<Piece> ordered = new LinkedBlockingQueue<>();
    private final BlockingQueue<Piece> toEncode = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Piece> written = new ConcurrentLinkedQueue<>();
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicLong pendingPieces = new AtomicLong();
    private final Piece end = new Piece();
    private final Object change = new Object();
    private final int encoders;
    private final AtomicInteger threads = new AtomicInteger();
    private volatile int keyDelayMicros;
    private volatile boolean cancelled;
    private volatile Throwable failure;
    private final AtomicLong bytesWritten = new AtomicLong();
    private final AtomicLong keysWritten = new AtomicLong();
    private long crc;

    /** Pauses that were too short to be made; the writing thread's. */
    private long owedMicros;

    /**
     * Makes a pipeline without threads.
     *
     * @param ended called once on one of the threads, when all others are gone
     */
    Pipeline(SnapshotPlan plan, SnapshotSink sink, Runnable ended) {
        this.plan = plan;
        this.keyDelayMicros = plan.keyDelayMicros();
        this.sink = sink;
        this.ended = ended;
        int processors = Runtime.getRuntime().availableProcessors();
        // The owner and those who send commands need processors, too.
        encoders = Math.clamp((processors - 1) / 2, 0, ENCODERS_MAX);
        threads.set(encoders + 1);
    }

    /** Starts the threads. */
    void start(String name, Background background) {
        background.run(name, this::write);
        for (int i = 0; i < encoders; i++) {
            background.run(name + "-encode-" + i, this::encode);
        }
    }

    // ---- the owner's side ----

    /** An empty piece. */
    Piece take() {
        // An encoder may come upon a piece that another has encoded, so none is ever used again.
        Piece used = written.poll();
        return used == null ? new Piece() : new Piece(used);
    }

    /** Hands a filled piece over. */
    void add(Piece piece) {
        pendingBytes.addAndGet(piece.length());
        pendingPieces.incrementAndGet();
        piece.pending = piece.length();
        ordered.add(piece);
        toEncode.add(piece);
    }

    /** Nothing more comes. */
    void end() {
        ordered.add(end);
    }

    /** Ends everything before its time. */
    void cancel() {
        cancelled = true;
        synchronized (change) {
            change.notifyAll();
        }
        ordered.add(end);
    }

    /** Makes the pause after each key another one. */
    void keyDelayMicros(int micros) {
        keyDelayMicros = micros;
        synchronized (change) {
            change.notifyAll();
        }
    }

    /** The pause after each key. */
    int keyDelayMicros() {
        return keyDelayMicros;
    }

    long pendingBytes() {
        return pendingBytes.get();
    }

    long pendingPieces() {
        return pendingPieces.get();
    }

    long bytesWritten() {
        return bytesWritten.get();
    }

    long keysWritten() {
        return keysWritten.get();
    }

    /** Why all is of no use; null as long as it is. */
    Throwable failure() {
        return failure;
    }

    // ---- the threads ----

    private void encode() {
        RdbOutput out = RdbOutput.keeping(RdbOutput.BYTES_MAX, plan.compression());
        try {
            for (Piece piece = toEncode.take(); piece != end; piece = toEncode.take()) {
                if (!piece.isTooLong() && piece.claim()) {
                    encode(piece, out);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            leave();
        }
    }

    /** A thread goes; with the last one everything is over, and nobody reads any key's memory. */
    private void leave() {
        if (threads.decrementAndGet() == 0) {
            ended.run();
        }
    }

    private void encode(Piece piece, RdbOutput out) {
        try {
            out.reset();
            piece.encode(out);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        synchronized (change) {
            change.notifyAll();
        }
    }

    private void fail(Throwable why) {
        synchronized (change) {
            if (failure == null) {
                failure = why;
            }
            change.notifyAll();
        }
    }

    private void write() {
        try {
            writeAll();
            writeTail();
            sink.finish();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            fail(e);
            sink.abort();
        } finally {
            for (int i = 0; i < encoders; i++) {
                toEncode.add(end);
            }
            leave();
        }
    }

    private void writeAll() throws IOException, InterruptedException {
        RdbOutput out = RdbOutput.keeping(RdbOutput.BYTES_MAX, plan.compression());
        for (Piece piece = ordered.take(); piece != end; piece = ordered.take()) {
            if (!piece.isTooLong() && piece.claim()) {
                encode(piece, out);
            }
            awaitEncoded(piece);
            delay(piece.keys);
            if (piece.isTooLong()) {
                writeString(piece);
            } else {
                write(piece.content(), piece.length());
            }
            keysWritten.addAndGet(piece.keys);
            pendingBytes.addAndGet(-piece.pending);
            pendingPieces.decrementAndGet();
            if (!piece.isString() && pendingPieces.get() < PIECES_KEPT_MAX) {
                written.add(piece);
            }
        }
        check();
    }

    /** Writes a long string from where it is, part by part. */
    private void writeString(Piece piece) throws IOException {
        RdbOutput head = RdbOutput.keeping(HEAD_BYTES_MAX, false);
        head.writeLength(piece.stringLength());
        write(head.array(), head.size());
        byte[] part = new byte[Piece.BYTES];
        for (int done = 0; done < piece.stringLength(); done += part.length) {
            check();
            int bytes = Math.min(part.length, piece.stringLength() - done);
            Memory.copy(piece.stringAddress() + done, part, 0, bytes);
            write(part, bytes);
        }
    }

    private void check() {
        if (cancelled) {
            throw new CancellationException("the snapshot was cancelled");
        }
        if (failure != null) {
            throw new IllegalStateException("the snapshot has failed", failure);
        }
    }

    private void awaitEncoded(Piece piece) throws InterruptedException {
        synchronized (change) {
            while (!piece.isEncoded() && failure == null && !cancelled) {
                change.wait();
            }
        }
        check();
    }

    /**
     * The pause after keys that a test may wish for, and may change its mind about; whoever wakes
     * it up too early does no harm.
     */
    private void delay(int keys) throws InterruptedException {
        int began = keyDelayMicros;
        owedMicros += (long) began * keys;
        if (owedMicros < MICROS_PER_MILLI) {
            return;
        }
        synchronized (change) {
            while (owedMicros >= MICROS_PER_MILLI && !cancelled && keyDelayMicros == began) {
                long millis = Math.min(owedMicros / MICROS_PER_MILLI, LOOK_MILLIS);
                change.wait(millis);
                owedMicros -= millis * MICROS_PER_MILLI;
            }
        }
        owedMicros = Math.min(owedMicros, MICROS_PER_MILLI);
        check();
    }

    private void write(byte[] content, int length) throws IOException {
        if (plan.checksum()) {
            crc = Crc64.update(crc, content, 0, length);
        }
        sink.write(content, 0, length);
        bytesWritten.addAndGet(length);
    }

    private void writeTail() throws IOException {
        byte[] opcode = {(byte) RdbFormat.OPCODE_EOF};
        write(opcode, 1);
        byte[] tail =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(plan.checksum() ? crc : 0)
                        .array();
        sink.write(tail, 0, tail.length);
        bytesWritten.addAndGet(tail.length);
    }
}
