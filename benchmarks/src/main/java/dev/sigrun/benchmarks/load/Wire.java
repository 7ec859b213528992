// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.IntFunction;

/** A blocking connection that speaks just enough RESP2 to fill a server and to question it. */
final class Wire implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;
    private static final int BATCH = 500;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Wire(int port) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            // A server that hangs must fail the run and not hold it for ever.
            socket.setSoTimeout(60_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends one command; an error reply comes back as text that begins with a minus sign. */
    String ask(String... command) throws IOException {
        send(command);
        out.flush();
        return reply();
    }

    /** Sends many commands in batches and insists that none of them fails. */
    void fill(int count, IntFunction<String[]> commands) throws IOException {
        for (int from = 0; from < count; from += BATCH) {
            int to = Math.min(count, from + BATCH);
            for (int i = from; i < to; i++) {
                send(commands.apply(i));
            }
            out.flush();
            for (int i = from; i < to; i++) {
                String reply = reply();
                if (reply.startsWith("-")) {
                    throw new IOException("a fill was refused: " + reply);
                }
            }
        }
    }

    private void send(String... command) throws IOException {
        StringBuilder text = new StringBuilder(128);
        text.append('*').append(command.length).append("\r\n");
        for (String part : command) {
            text.append('$').append(part.length()).append("\r\n").append(part).append("\r\n");
        }
        out.write(text.toString().getBytes(ISO_8859_1));
    }

    private String reply() throws IOException {
        String line = line();
        return switch (line.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length < 0) {
                    yield "";
                }
                byte[] bytes = in.readNBytes(length + 2);
                if (bytes.length != length + 2) {
                    throw new EOFException("the server closed the connection");
                }
                yield new String(bytes, 0, length, ISO_8859_1);
            }
            case '*' -> {
                StringBuilder all = new StringBuilder();
                for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
                    all.append(reply()).append('\n');
                }
                yield all.toString();
            }
            case '+', ':' -> line.substring(1);
            default -> line;
        };
    }

    private String line() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                text.append((char) next);
            }
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
