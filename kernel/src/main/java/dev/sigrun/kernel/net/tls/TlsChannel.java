// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * What stands between a socket and its connection: it shakes hands, decrypts straight into the
 * buffer that the connection reads from, and encrypts what the connection sends. Confined to the
 * loop that the channel is on; between two loops it goes with the channel.
 *
 * <p>Netty's own handler would copy what it decrypts once more, keep what waits to be sent where
 * nobody counts it, and encrypt a reply of any size at once.
 */
@SuppressWarnings({
    "FutureReturnValueIgnored", // The end of a channel is heard of by itself.
    "ReferenceEquality" // A buffer is the shared one or it is not.
})
public final class TlsChannel extends ChannelDuplexHandler {
    /** A buffer for the hand shake, which takes a few kilobytes. */
    private static final int HANDSHAKE_READ_BYTES = 4 * 1024;

    /** Room for whatever one record may bring. */
    public static final int RECORD_BYTES_MAX = TlsRecord.BYTES_MAX;

    private final SSLEngine engine;
    private final HandshakeListener listener;
    private final TlsOutput output;
    private ChannelHandlerContext context;
    private PlainSide side;
    private ByteBuf rest;
    private boolean isShakingHands = true;
    private boolean isFarewellHeld;
    private boolean isReleased;
    private boolean hasEnded;
    private boolean hasFailed;

    /** Hears what comes of a hand shake. On the loop of the channel. */
    public interface HandshakeListener {
        /** The other side is who it says. Nothing is read until {@link #attach}. */
        void done(TlsChannel tls);

        /** The channel closes. */
        void failed(TlsChannel tls, String reason);
    }

    /**
     * Makes the handler for a channel.
     *
     * @param engine is released with the channel
     */
    public TlsChannel(SSLEngine engine, HandshakeListener listener) {
        this.engine = engine;
        this.listener = listener;
        this.output = new TlsOutput(engine);
    }

    /** What encrypts. */
    public SSLEngine engine() {
        return engine;
    }

    /** The channel that this is part of. */
    public Channel channel() {
        return context.channel();
    }

    /** Bytes that are to be sent and not yet encrypted. Any thread may ask. */
    public long waitingBytes() {
        return output.waitingBytes();
    }

    /** Says whom decrypted bytes go to, and gives it those that have come already. */
    public void attach(PlainSide newSide) {
        side = newSide;
        if (rest != null) {
            ByteBuf come = rest;
            rest = null;
            read(come);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext newContext) {
        context = newContext;
        output.context(newContext);
        // Also heard of when the channel ends between two loops.
        newContext.channel().closeFuture().addListener(end -> release());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        engine.setUseClientMode(false);
        engine.beginHandshake();
        ctx.fireChannelActive();
    }

    // ---- what comes ----

    /** Whether the other side has said that it sends no more. */
    public boolean hasEnded() {
        return hasEnded;
    }

    /** The buffer that encrypted bytes are read into; the caller gets a reference of its own. */
    public ByteBuf bufferToReadInto() {
        ByteBuf shared = side == null ? null : side.cipherBuffer();
        if (shared == null) {
            return context.alloc().directBuffer(HANDSHAKE_READ_BYTES * (side == null ? 1 : 5));
        }
        shared.clear();
        if (rest != null) {
            // It stays until it is known that something has come behind it.
            shared.writeBytes(rest, rest.readerIndex(), rest.readableBytes());
        }
        return shared.retain();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf come = (ByteBuf) message;
        if (rest != null) {
            boolean isIncluded = side != null && come == side.cipherBuffer();
            ByteBuf before = rest;
            rest = null;
            isFarewellHeld = false;
            if (!isIncluded) {
                int bytes = before.readableBytes() + come.readableBytes();
                ByteBuf all = ctx.alloc().directBuffer(bytes).writeBytes(before).writeBytes(come);
                come.release();
                come = all;
            }
            before.release();
        }
        read(come);
    }

    private void read(ByteBuf come) {
        try {
            if (!hasEnded && !hasFailed && !isReleased) {
                readRecords(come);
            }
        } catch (SSLException e) {
            fail(e);
        } finally {
            if (come.isReadable() && !hasEnded && !hasFailed && !isReleased) {
                keep(come);
            }
            come.release();
        }
        output.flushOwn();
        if (hasEnded && side != null) {
            side.ended();
        }
    }

    /** Keeps what is incomplete, and nothing besides. */
    private void keep(ByteBuf come) {
        rest = context.alloc().directBuffer(come.readableBytes()).writeBytes(come);
    }

    private void readRecords(ByteBuf come) throws SSLException {
        if (isShakingHands) {
            shakeHands(come);
        }
        boolean isTurnOver = false;
        while (side != null && !isShakingHands && mayRead() && TlsRecord.completeBytes(come) > 0) {
            if (TlsRecord.mayBeFarewell(come)) {
                // After a farewell nothing can be sent, so what was asked is answered before.
                side.sendReplies();
                if (side.isBusy()) {
                    isFarewellHeld = true;
                    return;
                }
            }
            ByteBuf plain = side.bufferToFill(come.readableBytes(), isTurnOver);
            int before = plain.writerIndex();
            try {
                decrypt(come, plain);
            } catch (SSLException e) {
                plain.release();
                throw e;
            }
            if (plain.writerIndex() > before) {
                isTurnOver = true;
                side.take(plain);
            } else {
                plain.release();
            }
        }
    }

    /** What was taken has been worked off, and so goes on what had to wait for that. */
    public void goOn() {
        if (isFarewellHeld) {
            context.channel().eventLoop().execute(this::farewell);
        }
    }

    private void farewell() {
        // Who has gone to another loop meanwhile goes on there.
        boolean isHere = context.channel().eventLoop().inEventLoop();
        if (isHere && isFarewellHeld && rest != null && !isReleased) {
            isFarewellHeld = false;
            ByteBuf held = rest;
            rest = null;
            read(held);
        }
    }

    private boolean mayRead() {
        return !hasEnded && !isReleased && context.channel().isOpen();
    }

    /** Decrypts whole records for as long as there is room. */
    private void decrypt(ByteBuf come, ByteBuf plain) throws SSLException {
        int before = plain.writerIndex();
        int length = TlsRecord.completeBytes(come);
        while (length > 0 && mayRead()) {
            if (plain.writerIndex() > before && TlsRecord.mayBeFarewell(come)) {
                return;
            }
            SSLEngineResult result = unwrap(come, plain, length);
            if (result.getStatus() == Status.CLOSED) {
                hasEnded = true;
                return;
            }
            if (result.getStatus() == Status.BUFFER_OVERFLOW) {
                if (plain.writerIndex() > before) {
                    return;
                }
                plain.ensureWritable(TlsRecord.BYTES_MAX);
            } else if (result.bytesConsumed() == 0) {
                throw new SSLException("the engine does not go on");
            }
            length = TlsRecord.completeBytes(come);
        }
    }

    private SSLEngineResult unwrap(ByteBuf come, ByteBuf plain, int length) throws SSLException {
        SSLEngineResult result =
                engine.unwrap(
                        come.internalNioBuffer(come.readerIndex(), length),
                        plain.internalNioBuffer(plain.writerIndex(), plain.writableBytes()));
        come.skipBytes(result.bytesConsumed());
        plain.writerIndex(plain.writerIndex() + result.bytesProduced());
        if (!isShakingHands) {
            follow(result.getHandshakeStatus());
        }
        return result;
    }

    /** Does what the protocol wants besides: new keys, for example. */
    private void follow(HandshakeStatus status) throws SSLException {
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
            status = engine.getHandshakeStatus();
        }
        if (status == HandshakeStatus.NEED_WRAP) {
            output.wrapNothing();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    // ---- the hand shake ----

    private void shakeHands(ByteBuf come) throws SSLException {
        HandshakeStatus status = engine.getHandshakeStatus();
        boolean mayGoOn = false;
        while (isShakingHands) {
            switch (status) {
                case NEED_TASK -> {
                    runTasks();
                    mayGoOn = true;
                    status = engine.getHandshakeStatus();
                }
                case NEED_WRAP -> status = output.wrapNothing();
                case NEED_UNWRAP -> {
                    // The engine may go on with what it has already, but only if it is called.
                    int length = mayGoOn ? 0 : TlsRecord.completeBytes(come);
                    if (length == 0 && !mayGoOn) {
                        return;
                    }
                    mayGoOn = length > 0;
                    status = unwrapHandshake(come, length);
                }
                default -> isShakingHands = false;
            }
        }
        output.flush();
        listener.done(this);
    }

    private HandshakeStatus unwrapHandshake(ByteBuf come, int length) throws SSLException {
        ByteBuf nothing = context.alloc().directBuffer(TlsRecord.BYTES_MAX);
        try {
            SSLEngineResult result = unwrap(come, nothing, length);
            if (result.getStatus() == Status.CLOSED) {
                throw new SSLException("closed during the handshake");
            }
            if (result.bytesProduced() > 0) {
                throw new SSLException("data before the end of the handshake");
            }
            HandshakeStatus status = result.getHandshakeStatus();
            if (length > 0
                    && result.bytesConsumed() == 0
                    && status == HandshakeStatus.NEED_UNWRAP) {
                throw new SSLException("the engine does not go on");
            }
            return status;
        } finally {
            nothing.release();
        }
    }

    private void fail(SSLException cause) {
        hasFailed = true;
        output.sayFarewell();
        if (isShakingHands) {
            isShakingHands = false;
            listener.failed(this, reason(cause));
        }
        context.close();
    }

    /** What was wrong in the first place, which the engine may wrap in something vague. */
    private static String reason(SSLException failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage());
    }

    // ---- what goes ----

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        output.add((ByteBuf) message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        output.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            output.goOn();
        }
        ctx.fireChannelWritabilityChanged();
    }

    // ---- the end ----

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (!isShakingHands && !isReleased) {
            output.sayFarewell();
        }
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (isShakingHands && !hasFailed) {
            hasFailed = true;
            listener.failed(this, "the connection was closed during the handshake");
        }
        ctx.fireChannelInactive();
    }

    private void release() {
        if (isReleased) {
            return;
        }
        isReleased = true;
        output.release();
        if (rest != null) {
            rest.release();
            rest = null;
        }
        ReferenceCountUtil.release(engine);
    }
}
