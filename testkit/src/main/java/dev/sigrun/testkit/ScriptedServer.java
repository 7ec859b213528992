// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that does what the test says, for tests of what connects to other servers: it accepts,
 * reads and answers only when it is told to. Confined to the test's thread.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ServerSocket listener;
    private final List<Peer> peers = new ArrayList<>();

    /** Begins to listen on a free port of the loopback interface. */
    public ScriptedServer() {
        try {
            listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
            listener.setSoTimeout(TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port. */
    public String port() {
        return Integer.toString(listener.getLocalPort());
    }

    /** Takes the next connection, which somebody has opened or is about to. */
    public Peer accept() {
        try {
            Peer peer = new Peer(listener.accept());
            peers.add(peer);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        peers.forEach(Peer::close);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection to the server. */
    public static final class Peer implements AutoCloseable {
        private final Socket socket;
        private final ReplyReader in;

        private Peer(Socket accepted) throws IOException {
            socket = accepted;
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new ReplyReader(socket.getInputStream());
        }

        /** Takes the next command, word by word. */
        public List<String> read() {
            try {
                return in.next().items().stream().map(Reply::bulk).toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Takes the next line, as of a command that is no array. */
        public String readLine() {
            try {
                return in.line();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Sends bytes as they are. */
        public void send(String bytes) {
            try {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until the other side has closed the connection; whether nothing came before. */
        public boolean awaitEnd() {
            try {
                return in.rest().isEmpty();
            } catch (IOException e) {
                return true; // A connection may also end by being reset.
            }
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
