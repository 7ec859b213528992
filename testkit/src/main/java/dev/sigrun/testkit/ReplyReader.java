// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads replies of both protocol versions. Confined to one thread. */
final class ReplyReader {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream in;

    ReplyReader(InputStream source) {
        in = new BufferedInputStream(source, BUFFER_BYTES);
    }

    /** The next reply; attributes before it are left out. */
    Reply next() throws IOException {
        char kind = (char) octet();
        while (kind == '\n') {
            // A replica shows that it is alive by an empty line while it loads.
            kind = (char) octet();
        }
        String line = line();
        return switch (kind) {
            case '+', '-', ':', ',', '#', '(' -> Reply.scalar(kind, line);
            case '_' -> Reply.scalar('_', "");
            case '$', '=' -> bulk(kind, Integer.parseInt(line));
            case '*', '~', '>' -> aggregate(kind, Integer.parseInt(line));
            case '%' -> aggregate(kind, 2 * Integer.parseInt(line));
            case '|' -> {
                aggregate(kind, 2 * Integer.parseInt(line));
                yield next();
            }
            default -> throw new AssertionError("no reply begins with '" + kind + line + "'");
        };
    }

    /** Everything up to the end of the stream. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Drops everything up to the end of the stream. */
    void drain() throws IOException {
        byte[] dropped = new byte[BUFFER_BYTES];
        int count;
        do {
            count = in.read(dropped);
        } while (count >= 0);
    }

    private Reply bulk(char kind, int length) throws IOException {
        if (length < 0) {
            return Reply.scalar('_', "");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length || octet() != '\r' || octet() != '\n') {
            throw new EOFException("a bulk string of " + length + " bytes does not end well");
        }
        return Reply.scalar(kind, new String(content, StandardCharsets.ISO_8859_1));
    }

    private Reply aggregate(char kind, int length) throws IOException {
        if (length < 0) {
            return Reply.scalar('_', "");
        }
        List<Reply> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(next());
        }
        return Reply.aggregate(kind, items);
    }

    /** Everything up to the end of a line. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c = octet();
        while (c != '\r') {
            line.append((char) c);
            c = octet();
        }
        if (octet() != '\n') {
            throw new AssertionError("a line does not end well: " + line);
        }
        return line.toString();
    }

    private int octet() throws IOException {
        int c = in.read();
        if (c < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return c;
    }
}
