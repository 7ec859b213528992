// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that ask for something once and then read and forget whatever comes. */
final class Audience implements AutoCloseable {
    private final Selector selector = Selector.open();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;

    /**
     * Connects.
     *
     * @param command what each sends at first, and is answered, or null
     */
    Audience(RunningServer server, int count, String command) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            channels.add(channel);
            if (command != null) {
                channel.write(ByteBuffer.wrap((command + "\r\n").getBytes(US_ASCII)));
                channel.read(ByteBuffer.allocate(1024));
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        thread = Thread.ofPlatform().daemon().name("audience").start(this::listen);
    }

    private void listen() {
        ByteBuffer dropped = ByteBuffer.allocateDirect(256 * 1024);
        try {
            while (!ended) {
                selector.select(
                        key -> {
                            try {
                                dropped.clear();
                                if (((SocketChannel) key.channel()).read(dropped) < 0) {
                                    key.cancel();
                                }
                            } catch (IOException gone) {
                                key.cancel();
                            }
                        },
                        100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
