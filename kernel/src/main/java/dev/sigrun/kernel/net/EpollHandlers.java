// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;

/**
 * Netty's epoll, with one thing put right. When a socket waits for nothing at the moment, Netty
 * takes it out of epoll's set, and does not put it back when it waits for something again, but
 * fails. That happens to a client that has ended its side and whose replies do not fit into the
 * socket's buffer: it would never get the rest. Here such a socket stays in the set and is waited
 * for in no way but the one that cannot be declined: that the connection breaks.
 *
 * <p>And one thing more: a turn may be taken within a turn. The inner one overwrites the list of
 * what is ready that the outer one is going through, so what the outer one then finds in it is left
 * out. What was ready still is, and is found again in the next turn.
 */
final class EpollHandlers implements IoHandlerFactory {
    private final IoHandlerFactory factory = EpollIoHandler.newFactory();

    @Override
    public IoHandler newHandler(ThreadAwareExecutor executor) {
        return new Handler(factory.newHandler(executor));
    }

    @Override
    public boolean isChangingThreadSupported() {
        return factory.isChangingThreadSupported();
    }

    /** Confined to its loop where Netty does not say otherwise. */
    private static final class Handler implements IoHandler {
        private final IoHandler epoll;
        private int depth;
        private boolean isSpoiled;

        Handler(IoHandler epoll) {
            this.epoll = epoll;
        }

        @Override
        public void initialize() {
            epoll.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            isSpoiled = false;
            depth++;
            try {
                return epoll.run(context);
            } finally {
                depth--;
                isSpoiled = depth > 0;
            }
        }

        @Override
        public void prepareToDestroy() {
            epoll.prepareToDestroy();
        }

        @Override
        public void destroy() {
            epoll.destroy();
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return new Registration(epoll.register(new Handle(this, (EpollIoHandle) handle)));
        }

        @Override
        public void wakeup() {
            epoll.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> handleType) {
            return epoll.isCompatible(handleType);
        }
    }

    @SuppressWarnings("try") // Netty closes it, and says what that may throw.
    private static final class Handle implements EpollIoHandle {
        private final Handler handler;
        private final EpollIoHandle handle;

        Handle(Handler handler, EpollIoHandle handle) {
            this.handler = handler;
            this.handle = handle;
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            if (!handler.isSpoiled) {
                handle.handle(registration, event);
            }
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        public void close() throws Exception {
            handle.close();
        }
    }

    private static final class Registration implements IoRegistration {
        private final IoRegistration registration;
        private boolean isAdded;

        Registration(IoRegistration registration) {
            this.registration = registration;
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty says so.
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public long submit(IoOps ops) {
            boolean isNone = EpollIoOps.NONE.equals(ops);
            // Edge-triggered, a broken connection is reported once and not again and again.
            long id = registration.submit(isNone && isAdded ? EpollIoOps.EPOLLET : ops);
            isAdded |= !isNone;
            return id;
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }
}
