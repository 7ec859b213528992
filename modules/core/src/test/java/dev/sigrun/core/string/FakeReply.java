// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Renders one reply on one line, in the way that string-cases.txt describes. */
final class FakeReply implements ReplyWriter {
    private static final int UNKNOWN = -1;

    private final int protocol;
    private final Deque<Aggregate> open = new ArrayDeque<>();
    private String text = "";

    FakeReply(int protocol) {
        this.protocol = protocol;
    }

    private static final class Aggregate {
        private final List<String> parts = new ArrayList<>();
        private boolean map;
        private int wanted;

        private Aggregate(boolean map, int wanted) {
            this.map = map;
            this.wanted = wanted;
        }
    }

    /** The reply; empty when there is none yet. */
    String text() {
        if (!open.isEmpty()) {
            throw new AssertionError("a reply is not complete");
        }
        return text;
    }

    /** Whether anything was written. */
    boolean isBegun() {
        return !open.isEmpty() || !text.isEmpty();
    }

    private void value(String part) {
        if (open.isEmpty()) {
            if (!text.isEmpty()) {
                throw new AssertionError("a second reply: " + part + " after " + text);
            }
            text = part;
            return;
        }
        open.getLast().parts.add(part);
        closeFull();
    }

    private void closeFull() {
        if (!open.isEmpty() && open.getLast().parts.size() == open.getLast().wanted) {
            value(render(open.removeLast()));
        }
    }

    private String render(Aggregate done) {
        if (!done.map || protocol == 2) {
            return "*[" + String.join(", ", done.parts) + "]";
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < done.parts.size(); i += 2) {
            pairs.add(done.parts.get(i) + ":" + done.parts.get(i + 1));
        }
        return "%{" + String.join(", ", pairs) + "}";
    }

    /** Quotes text of one byte a character. */
    static String quote(String raw) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < raw.length(); i++) {
            char letter = raw.charAt(i);
            switch (letter) {
                case '"', '\\' -> out.append('\\').append(letter);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (letter >= ' ' && letter < 0x7f) {
                        out.append(letter);
                    } else {
                        out.append(String.format("\\x%02x", (int) letter));
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    @Override
    public void ok() {
        value("+OK");
    }

    @Override
    public void simple(String content) {
        value("+" + content);
    }

    @Override
    public void error(CommandException error) {
        value("-" + error.getMessage());
    }

    @Override
    public void integer(long number) {
        value(":" + number);
    }

    @Override
    public void bulk(Bytes content) {
        value("$" + quote(content.text()));
    }

    @Override
    public void bulk(byte[] content) {
        value("$" + quote(new String(content, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void bulk(String content) {
        bulk(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bulk(long number) {
        bulk(Long.toString(number));
    }

    @Override
    public void verbatim(String format, String content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dbl(double number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bool(boolean content) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void nil() {
        value("_");
    }

    @Override
    public void nilArray() {
        value("_");
    }

    @Override
    public void array(int length) {
        open.addLast(new Aggregate(false, length));
        closeFull();
    }

    @Override
    public void map(int length) {
        open.addLast(new Aggregate(true, 2 * length));
        closeFull();
    }

    @Override
    public void set(int length) {
        array(length);
    }

    @Override
    public long deferredArray() {
        open.addLast(new Aggregate(false, UNKNOWN));
        return open.size();
    }

    @Override
    public void closeArray(long mark, int length) {
        close(mark, length, false);
    }

    @Override
    public void closeMap(long mark, int length) {
        close(mark, 2 * length, true);
    }

    private void close(long mark, int parts, boolean map) {
        Aggregate last = open.getLast();
        if (mark != open.size() || last.parts.size() != parts) {
            throw new AssertionError("closed with " + parts + " after " + last.parts);
        }
        last.map = map;
        last.wanted = parts;
        closeFull();
    }
}
