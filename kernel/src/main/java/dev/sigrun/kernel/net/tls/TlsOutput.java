// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What a connection sends and the socket has not yet taken: it is encrypted no sooner than the
 * socket takes it. Confined to the channel's loop where not said otherwise.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What comes of a write is heard from the channel.
final class TlsOutput {
    /** Encrypted at a time, in records of a quarter of it. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int RECORD_BYTES = 16 * 1024;

    /** What a record has besides its content; if it is more, the engine says so. */
    private static final int RECORD_EXTRA_BYTES = 128;

    /** A client that takes everything at once does not keep the others waiting. */
    private static final int TURN_BYTES_MAX = 1 << 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final SSLEngine engine;
    private final ArrayDeque<ByteBuf> contents = new ArrayDeque<>();
    private final ArrayDeque<ChannelPromise> promises = new ArrayDeque<>();
    private ChannelHandlerContext context;
    private volatile long waitingBytes;
    private boolean isEncrypting;
    private boolean isScheduled;
    private boolean hasUnflushed;
    private boolean isOver;

    TlsOutput(SSLEngine engine) {
        this.engine = engine;
    }

    void context(ChannelHandlerContext newContext) {
        context = newContext;
    }

    /** Bytes that are not encrypted yet. Any thread. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Takes something to send, whose reference goes over. */
    void add(ByteBuf content, ChannelPromise promise) {
        if (isOver) {
            content.release();
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        contents.add(content);
        promises.add(promise);
        count(content.readableBytes());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only the loop writes it.
    private void count(int bytes) {
        waitingBytes += bytes;
    }

    /** Encrypts what the socket takes, and sends it. */
    void flush() {
        hasUnflushed = false;
        encrypt();
        context.flush();
    }

    /** Sends what the protocol itself has said, if it has. */
    void flushOwn() {
        if (hasUnflushed) {
            flush();
        }
    }

    /** The socket takes something again. */
    void goOn() {
        if (!contents.isEmpty()) {
            flush();
        }
    }

    private void encrypt() {
        if (isEncrypting || isOver) {
            return;
        }
        isEncrypting = true;
        try {
            int done = 0;
            while (!contents.isEmpty() && context.channel().isWritable() && !isOver) {
                if (done >= TURN_BYTES_MAX) {
                    rest();
                    return;
                }
                done += encryptSome();
                if (!contents.isEmpty()) {
                    context.flush();
                }
            }
        } catch (SSLException e) {
            context.close();
        } finally {
            isEncrypting = false;
        }
    }

    private void rest() {
        if (!isScheduled) {
            isScheduled = true;
            context.channel()
                    .eventLoop()
                    .execute(() -> {
                        isScheduled = false;
                        goOn();
                    });
        }
    }

    /** Encrypts the first content, or as much of it as goes at a time. */
    private int encryptSome() throws SSLException {
        ByteBuf content = contents.peek();
        int length = Math.min(content.readableBytes(), CHUNK_BYTES);
        boolean isLast = length == content.readableBytes();
        ByteBuf encrypted = length == 0 ? Unpooled.EMPTY_BUFFER : encrypt(content, length);
        count(-length);
        if (isLast) {
            contents.remove();
            content.release();
            context.write(encrypted, promises.remove());
        } else {
            context.write(encrypted, context.voidPromise());
        }
        return length;
    }

    private ByteBuf encrypt(ByteBuf content, int length) throws SSLException {
        int records = (length + RECORD_BYTES - 1) / RECORD_BYTES;
        ByteBuf out = context.alloc().directBuffer(length + records * RECORD_EXTRA_BYTES);
        int end = content.readerIndex() + length;
        try {
            while (content.readerIndex() < end) {
                int bytes = Math.min(end - content.readerIndex(), RECORD_BYTES);
                ByteBuffer piece = content.internalNioBuffer(content.readerIndex(), bytes);
                SSLEngineResult result = wrap(piece, out);
                content.skipBytes(result.bytesConsumed());
                if (result.getStatus() != Status.OK) {
                    throw new SSLException("cannot encrypt: " + result.getStatus());
                }
            }
            return tight(out);
        } catch (SSLException e) {
            out.release();
            throw e;
        }
    }

    private SSLEngineResult wrap(ByteBuffer content, ByteBuf out) throws SSLException {
        SSLEngineResult result;
        do {
            result =
                    engine.wrap(
                            content, out.internalNioBuffer(out.writerIndex(), out.writableBytes()));
            out.writerIndex(out.writerIndex() + result.bytesProduced());
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                // The JDK's engine wants room for the longest of all records.
                int wanted = engine.getSession().getPacketBufferSize();
                if (out.writableBytes() >= wanted + RECORD_BYTES) {
                    throw new SSLException("cannot encrypt: there is never enough room");
                }
                out.ensureWritable(Math.max(wanted, out.writableBytes() + RECORD_EXTRA_BYTES));
            }
        } while (result.getStatus() == Status.BUFFER_OVERFLOW);
        return result;
    }

    /** Keeps a few bytes that the socket may not take soon from holding a large buffer. */
    private ByteBuf tight(ByteBuf out) {
        int used = out.readableBytes();
        if (out.capacity() - used < Math.max(used, 512)) {
            return out;
        }
        ByteBuf copy = context.alloc().directBuffer(used).writeBytes(out);
        out.release();
        return copy;
    }

    /** Sends what the protocol itself has to say; returns what it wants next. */
    HandshakeStatus wrapNothing() throws SSLException {
        HandshakeStatus status;
        boolean goesOn;
        do {
            ByteBuf out = context.alloc().directBuffer(engine.getSession().getPacketBufferSize());
            try {
                SSLEngineResult result = wrap(NOTHING.duplicate(), out);
                status = result.getHandshakeStatus();
                goesOn =
                        status == HandshakeStatus.NEED_WRAP
                                && result.bytesProduced() > 0
                                && result.getStatus() == Status.OK;
                if (out.isReadable()) {
                    context.write(tight(out), context.voidPromise());
                    out = null;
                    hasUnflushed = true;
                }
                if (!goesOn && status == HandshakeStatus.NEED_WRAP) {
                    throw new SSLException("the engine does not go on");
                }
            } finally {
                if (out != null) {
                    out.release();
                }
            }
        } while (goesOn);
        return status;
    }

    /** Tells the other side that nothing more comes, or what was wrong. */
    void sayFarewell() {
        if (isOver || !context.channel().isActive()) {
            return;
        }
        try {
            engine.closeOutbound();
            wrapNothing();
        } catch (SSLException e) {
            // The connection ends in any case.
            return;
        } finally {
            release();
            context.flush();
        }
    }

    /** Drops what waits; nothing more is sent. */
    void release() {
        isOver = true;
        waitingBytes = 0;
        for (ByteBuf content : contents) {
            content.release();
        }
        contents.clear();
        ClosedChannelException reason = promises.isEmpty() ? null : new ClosedChannelException();
        while (!promises.isEmpty()) {
            promises.remove().tryFailure(reason);
        }
    }
}
