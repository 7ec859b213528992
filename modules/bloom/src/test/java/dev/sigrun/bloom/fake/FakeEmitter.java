// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects commands as lists of text, one character a byte, and checks their announced length. */
public final class FakeEmitter implements CommandEmitter {
    private final List<List<String>> commands = new ArrayList<>();
    private int missing;

    /** All commands. */
    public List<List<String>> commands() {
        if (missing != 0) {
            throw new AssertionError(missing + " arguments are missing");
        }
        return commands;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        commands();
        commands.add(new ArrayList<>(List.of(name)));
        missing = arguments;
        return this;
    }

    private CommandEmitter add(String text) {
        if (missing == 0) {
            throw new AssertionError("one argument too many: " + text);
        }
        missing--;
        commands.getLast().add(text);
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return add(content.text());
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        return add(new String(content, StandardCharsets.ISO_8859_1));
    }

    @Override
    public CommandEmitter arg(String text) {
        return add(text);
    }

    @Override
    public CommandEmitter arg(long value) {
        return add(Long.toString(value));
    }

    @Override
    public CommandEmitter key() {
        return add("<key>");
    }
}
