// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a command said about its replication, word by word. */
final class FakeReplication implements Replication, CommandEmitter {
    private final List<String> sent;
    private List<String> words;
    private int expected;
    private boolean said;

    FakeReplication(List<String> sent) {
        this.sent = sent;
    }

    /** Whether the command said anything. */
    boolean wasTold() {
        return said;
    }

    /** What goes to replicas, or null. */
    String text() {
        if (words == null) {
            return null;
        }
        if (words.size() != expected) {
            throw new AssertionError("announced " + expected + " words, wrote " + words);
        }
        return String.join(" ", words);
    }

    @Override
    public void verbatim() {
        said = true;
        words = sent;
        expected = sent.size();
    }

    @Override
    public void nothing() {
        said = true;
    }

    @Override
    public CommandEmitter instead() {
        said = true;
        return this;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        words = new ArrayList<>(List.of(name));
        expected = 1 + arguments;
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        words.add(content.text());
        return this;
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        words.add(new String(content, StandardCharsets.ISO_8859_1));
        return this;
    }

    @Override
    public CommandEmitter arg(String text) {
        words.add(text);
        return this;
    }

    @Override
    public CommandEmitter arg(long value) {
        words.add(Long.toString(value));
        return this;
    }

    @Override
    public CommandEmitter key() {
        throw new UnsupportedOperationException();
    }
}
