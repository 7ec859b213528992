// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.replication;

import dev.sigrun.testkit.RespClient;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A replica that does what a test wants. Confined to the test's thread. */
final class ScriptedReplica implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    ScriptedReplica(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String... words) {
        try {
            socket.getOutputStream().write(RespClient.encode(List.of(words)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a command and takes the line that answers it. */
    String ask(String... words) {
        send(words);
        return line();
    }

    /** The next line that is not empty. */
    String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next != '\n' || line.size() == 0; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the server has closed the connection");
                }
                if (next != '\r' && next != '\n') {
                    line.write(next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** So many bytes, one char each. */
    String bytes(int count) {
        try {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length < count) {
                throw new EOFException("the server has closed the connection");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The snapshot that comes next, in whichever of the two forms. */
    String snapshot() {
        String head = line();
        if (!head.startsWith("$EOF:")) {
            return bytes(Integer.parseInt(head.substring(1)));
        }
        String mark = head.substring(5);
        StringBuilder all = new StringBuilder(bytes(mark.length()));
        while (all.lastIndexOf(mark) < 0) {
            all.append(bytes(1));
        }
        all.setLength(all.length() - mark.length());
        return all.toString();
    }

    /** The next command of the stream, but for those that only show life. */
    List<String> command() {
        List<String> words = anyCommand();
        while (words.equals(List.of("PING"))) {
            words = anyCommand();
        }
        return words;
    }

    private List<String> anyCommand() {
        int count = Integer.parseInt(line().substring(1));
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = Integer.parseInt(line().substring(1));
            words.add(bytes(length));
            bytes(2);
        }
        return words;
    }

    /** Whether the server has closed the connection, once all that came is read. */
    boolean isClosed() {
        try {
            while (in.read() >= 0) {
                // What came before does not matter.
            }
            return true;
        } catch (IOException e) {
            return !(e instanceof java.net.SocketTimeoutException);
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
