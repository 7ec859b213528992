// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.type.CommandEmitter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the commands that one command replicates as. */
final class FakeReplication implements Replication, CommandEmitter {
    private final List<String> verbatim;
    private final List<List<String>> commands = new ArrayList<>();
    private int missing;

    FakeReplication(List<String> verbatim) {
        this.verbatim = verbatim;
    }

    /** The commands, names in capitals. */
    List<List<String>> commands() {
        if (missing != 0) {
            throw new AssertionError(missing + " arguments missing in " + commands);
        }
        return commands;
    }

    @Override
    public void verbatim() {
        List<String> same = new ArrayList<>(verbatim);
        same.set(0, same.getFirst().toUpperCase(Locale.ROOT));
        commands.add(same);
    }

    @Override
    public void nothing() {}

    @Override
    public CommandEmitter instead() {
        return this;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        commands();
        commands.add(new ArrayList<>(List.of(name)));
        missing = arguments;
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return arg(content.copy());
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        missing--;
        commands.getLast().add(new String(content, StandardCharsets.ISO_8859_1));
        return this;
    }

    @Override
    public CommandEmitter arg(String text) {
        return arg(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public CommandEmitter arg(long value) {
        return arg(Long.toString(value));
    }

    @Override
    public CommandEmitter key() {
        throw new UnsupportedOperationException("which key is meant here is not clear");
    }
}
