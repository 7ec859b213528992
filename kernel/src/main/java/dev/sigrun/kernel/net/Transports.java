// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the operating system is asked for IO: epoll where it loads, io_uring where it is asked for,
 * NIO elsewhere. Chosen once at the start.
 *
 * @param name what {@code INFO} shows as {@code multiplexing_api}
 * @param unixServer null where there are no Unix sockets
 */
record Transports(
        String name,
        IoHandlerFactory handlers,
        Class<? extends ServerChannel> tcpServer,
        Class<? extends ServerChannel> unixServer) {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    /**
     * Whether reads and writes are handed to the system now and done at some later time. A buffer
     * to read into is then taken for that long, and a connection cannot leave its loop, since what
     * was read meanwhile might be lost.
     */
    boolean isRing() {
        return tcpServer == IoUringServerSocketChannel.class;
    }

    /** Whether a loop can take a turn within a turn. */
    boolean canPump() {
        return handlers instanceof EpollHandlers;
    }

    /**
     * Chooses.
     *
     * @param wished {@code epoll}, {@code io_uring} or {@code nio}
     */
    static Transports choose(String wished) {
        if (wished.equals("io_uring")) {
            if (IoUring.isAvailable()) {
                return new Transports(
                        "io_uring",
                        IoUringIoHandler.newFactory(),
                        IoUringServerSocketChannel.class,
                        IoUringServerDomainSocketChannel.class);
            }
            LOG.warn(
                    "io_uring is not available here, using epoll: {}",
                    String.valueOf(IoUring.unavailabilityCause().getMessage()));
        }
        if (!wished.equals("nio") && Epoll.isAvailable()) {
            return new Transports(
                    "epoll",
                    new EpollHandlers(),
                    EpollServerSocketChannel.class,
                    EpollServerDomainSocketChannel.class);
        }
        return new Transports("nio", NioIoHandler.newFactory(), NioServerSocketChannel.class, null);
    }
}
