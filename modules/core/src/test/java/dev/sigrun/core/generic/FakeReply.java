// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Renders one reply in the one-line form of the case files. */
final class FakeReply implements ReplyWriter {
    private final List<String> parts = new ArrayList<>();
    private final Deque<Integer> open = new ArrayDeque<>();
    private int at;

    /** The whole reply; fails when it is not exactly one value. */
    String text() {
        if (!open.isEmpty()) {
            throw new AssertionError("an array is still open");
        }
        at = 0;
        String text = next();
        if (at != parts.size()) {
            throw new AssertionError("more than one value: " + parts);
        }
        return text;
    }

    private String next() {
        String part = parts.get(at++);
        if (part.charAt(0) != '*') {
            return part;
        }
        int length = Integer.parseInt(part.substring(1));
        List<String> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(next());
        }
        return "*[" + String.join(", ", items) + "]";
    }

    @Override
    public void ok() {
        parts.add("+OK");
    }

    @Override
    public void simple(String text) {
        parts.add("+" + text);
    }

    @Override
    public void error(CommandException error) {
        parts.add("-" + error.getMessage().replace('\r', ' ').replace('\n', ' '));
    }

    @Override
    public void integer(long value) {
        parts.add(":" + value);
    }

    @Override
    public void bulk(Bytes content) {
        bulk(content.copy());
    }

    @Override
    public void bulk(byte[] content) {
        parts.add("$" + Quoting.quote(new String(content, StandardCharsets.ISO_8859_1)));
    }

    @Override
    public void bulk(String text) {
        bulk(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void bulk(long value) {
        bulk(Long.toString(value));
    }

    @Override
    public void nil() {
        parts.add("_");
    }

    @Override
    public void array(int length) {
        parts.add("*" + length);
    }

    @Override
    public long deferredArray() {
        open.push(parts.size());
        parts.add("*");
        return open.size();
    }

    @Override
    public void closeArray(long mark, int length) {
        if (mark != open.size()) {
            throw new AssertionError("arrays close in reverse order");
        }
        parts.set(open.pop(), "*" + length);
    }

    @Override
    public void verbatim(String format, String text) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void dbl(double value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void bool(boolean value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void nilArray() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void map(int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void set(int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void closeMap(long mark, int length) {
        throw new UnsupportedOperationException();
    }
}
