// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An encrypted client that sends text and reads lines. Confined to one thread. */
final class TlsClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final SSLSocket socket;
    private final InputStream in;

    /** With a certificate, or without when that is null. */
    TlsClient(TlsScene scene, TestAuthority.Identity identity) throws Exception {
        this(scene, scene.context(identity, scene.authority().certificate()));
    }

    TlsClient(TlsScene scene, SSLContext context) throws IOException {
        this(scene.tlsPort(), context, null, null);
    }

    /** With a certain protocol and cipher suite, where these are not null. */
    TlsClient(int port, SSLContext context, String protocol, String suite) throws IOException {
        socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        if (protocol != null) {
            socket.setEnabledProtocols(new String[] {protocol});
        }
        if (suite != null) {
            socket.setEnabledCipherSuites(new String[] {suite});
        }
        in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    }

    SSLSocket socket() {
        return socket;
    }

    TlsClient send(String text) throws IOException {
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

    /** Sends a request that is answered with one line. */
    String ask(String request) throws IOException {
        return send(request + "\r\n").line();
    }

    /** Sends an {@code ECHO}; what comes back. */
    String echo(String word) throws IOException {
        return send("*2\r\n$4\r\nECHO\r\n$" + word.length() + "\r\n" + word + "\r\n").bulk();
    }

    /** A bulk string. */
    String bulk() throws IOException {
        int length = Integer.parseInt(line().substring(1));
        String word = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        in.readNBytes(2);
        return word;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
