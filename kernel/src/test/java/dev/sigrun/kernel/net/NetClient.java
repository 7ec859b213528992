// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sends text and reads lines. Confined to one thread. */
final class NetClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    /** A reply that must not come would have so long to come. */
    private static final int SILENT_MILLIS = 50;

    private final Socket socket = new Socket();
    private final InputStream in;

    NetClient(NetScene scene) throws IOException {
        this(scene.port());
    }

    NetClient(int port) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    NetClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** The next line without its end; null when the server has closed. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
    }

    /** Whether nothing comes for a while. */
    boolean isSilent() throws IOException {
        socket.setSoTimeout(SILENT_MILLIS);
        in.mark(1);
        try {
            int _ = in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Sends a request that is answered with one line. */
    String ask(String request) throws IOException {
        return send(request + "\r\n").line();
    }

    /** Sends an {@code ECHO}; what comes back. */
    String echo(String word) throws IOException {
        send("*2\r\n$4\r\nECHO\r\n$" + word.length() + "\r\n" + word + "\r\n");
        return echoed();
    }

    /** What an {@code ECHO} that was sent before brings back. */
    String echoed() throws IOException {
        String header = line();
        if (header == null || !header.startsWith("$")) {
            throw new IOException("no bulk string but " + header);
        }
        int length = Integer.parseInt(header.substring(1));
        String word = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        in.readNBytes(2);
        return word;
    }

    /** Sends requests until one is answered from the kind of loop that is wanted. */
    void awaitPlace(String place) throws IOException {
        String found = "";
        for (int i = 0; i < 100_000 && !found.equals("+" + place); i++) {
            found = ask("WHERE");
        }
        if (!found.equals("+" + place)) {
            throw new AssertionError("still at the " + found);
        }
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Everything until the server closes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Sends until the server closes the connection. */
    void sendUntilClosed(String text) throws IOException {
        try {
            while (true) {
                send(text);
            }
        } catch (SocketException e) {
            // Closed, as it should be.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
