// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain blocking client. Text is one char a byte. What cannot be read within ten seconds fails
 * the test. Confined to one thread.
 */
public final class RespClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final OutputStream out;
    private final ReplyReader in;

    /** Connects to a port of this machine. */
    public RespClient(int port) {
        this(port, 0);
    }

    /**
     * Connects to a port of this machine.
     *
     * @param receiveBytes size of the socket's receive buffer, for clients that are slow to read; 0
     *     for what is usual
     */
    public RespClient(int port, int receiveBytes) {
        try {
            socket = new Socket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            out = socket.getOutputStream();
            in = new ReplyReader(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port at this end, by which the server's side is found. */
    public int localPort() {
        return socket.getLocalPort();
    }

    /** Sends a command and takes its reply. */
    public Reply ask(String... words) {
        send(words);
        return read();
    }

    /** Sends a command and takes its reply, as one line. */
    public String call(String... words) {
        return ask(words).toString();
    }

    /** Sends a command that is written on one line, with quotes, and takes its reply. */
    public Reply run(String line) {
        return ask(Quoting.split(line).toArray(String[]::new));
    }

    /** Sends a command. */
    public void send(String... words) {
        sendRaw(encode(List.of(words)));
    }

    /** Sends bytes as they are. */
    public void sendRaw(String bytes) {
        sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes as they are. */
    public void sendRaw(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends all commands at once and takes all replies. */
    public List<Reply> pipeline(List<List<String>> commands) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<String> command : commands) {
            bytes.writeBytes(encode(command));
        }
        sendRaw(bytes.toByteArray());
        List<Reply> replies = new ArrayList<>(commands.size());
        for (int i = 0; i < commands.size(); i++) {
            replies.add(read());
        }
        return replies;
    }

    /** A command as bytes on the wire. */
    public static byte[] encode(List<String> words) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ascii("*" + words.size() + "\r\n"));
        for (String word : words) {
            bytes.writeBytes(ascii("$" + word.length() + "\r\n"));
            bytes.writeBytes(word.getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(ascii("\r\n"));
        }
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the next reply. */
    public Reply read() {
        try {
            return in.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads until the server closes the connection; what came before. */
    public String readToEnd() {
        try {
            return in.rest();
        } catch (SocketException e) {
            // A server that closes with unread input resets the connection.
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads and drops everything until the server closes the connection, in whatever way. */
    public void awaitClose() {
        try {
            in.drain();
        } catch (SocketException e) {
            // A server that closes with unread input resets the connection.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells the server that nothing more will be sent; replies are still read. */
    public void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
