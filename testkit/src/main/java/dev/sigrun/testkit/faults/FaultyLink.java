// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A way between two servers that can be cut, be slow, or deliver byte by byte. */
final class FaultyLink implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listening;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile int bytesAtOnce = BUFFER_BYTES;
    private volatile long pauseMicros;
    private volatile boolean closed;

    /** A way to a port. */
    FaultyLink(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("link").start(this::accept);
    }

    /** The port at which the way begins. */
    int port() {
        return listening.getLocalPort();
    }

    /** Cuts all connections; new ones may be made. */
    void cut() {
        for (Socket socket : sockets) {
            close(socket);
        }
        sockets.clear();
    }

    /** Says how bytes are delivered from now on. */
    void deliver(int bytes, long pause) {
        bytesAtOnce = bytes;
        pauseMicros = pause;
    }

    /** Delivers all as it comes. */
    void heal() {
        deliver(BUFFER_BYTES, 0);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = listening.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                pass(near, far);
                pass(far, near);
            } catch (IOException e) {
                if (closed) {
                    return;
                }
            }
        }
    }

    private void pass(Socket from, Socket to) {
        Thread.ofPlatform()
                .daemon()
                .name("link-pass")
                .start(() -> {
                    try (InputStream in = from.getInputStream();
                            OutputStream out = to.getOutputStream()) {
                        pass(in, out);
                    } catch (IOException | InterruptedException cut) {
                        close(from);
                        close(to);
                    }
                });
    }

    private void pass(InputStream in, OutputStream out) throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            for (int done = 0; done < read; ) {
                int part = Math.min(bytesAtOnce, read - done);
                out.write(buffer, done, part);
                done += part;
                if (pauseMicros > 0) {
                    TimeUnit.MICROSECONDS.sleep(pauseMicros);
                }
            }
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more either way.
            return;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        cut();
    }
}
