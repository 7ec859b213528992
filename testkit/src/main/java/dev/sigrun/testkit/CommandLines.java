// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps emitted commands word by word, one char a byte. Confined to one thread. */
final class CommandLines implements CommandEmitter {
    private final List<List<String>> commands = new ArrayList<>();
    private final String key;
    private int missing;

    CommandLines(String key) {
        this.key = key;
    }

    List<List<String>> commands() {
        if (missing != 0) {
            throw new AssertionError(commands.getLast() + " lacks " + missing + " arguments");
        }
        return commands;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        commands();
        missing = arguments;
        commands.add(new ArrayList<>(List.of(name)));
        return this;
    }

    private CommandEmitter word(String word) {
        if (missing == 0) {
            throw new AssertionError(commands + " gets one argument too many: " + word);
        }
        missing--;
        commands.getLast().add(word);
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return word(content.text());
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        return word(new String(content, StandardCharsets.ISO_8859_1));
    }

    @Override
    public CommandEmitter arg(String text) {
        return arg(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CommandEmitter arg(long value) {
        return word(Long.toString(value));
    }

    @Override
    public CommandEmitter key() {
        return word(key);
    }
}
