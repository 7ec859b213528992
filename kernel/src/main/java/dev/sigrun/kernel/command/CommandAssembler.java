// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts commands together from their arguments and hands each on as soon as it is complete; when
 * nobody listens it does nothing. Owner thread only.
 */
public final class CommandAssembler implements CommandEmitter {
    private final Consumer<byte[]> complete;
    private final Supplier<Bytes> key;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private boolean active;
    private int missingArguments;

    /**
     * Makes an assembler.
     *
     * @param key the key for which {@link #key()} stands
     * @param complete takes each command as a client would send it
     */
    public CommandAssembler(Supplier<Bytes> key, Consumer<byte[]> complete) {
        this.key = key;
        this.complete = complete;
    }

    /** Says whether anybody listens from now on. */
    public void active(boolean yes) {
        active = yes;
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        if (active) {
            open.reset();
            CommandBytes.begin(open, arguments + 1);
            CommandBytes.bulk(open, name.getBytes(StandardCharsets.UTF_8));
            missingArguments = arguments;
            endIfComplete();
        }
        return this;
    }

    private void endIfComplete() {
        if (missingArguments == 0) {
            complete.accept(open.toByteArray());
        }
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        return active ? arg(content.copy()) : this;
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        if (active) {
            CommandBytes.bulk(open, content);
            missingArguments--;
            endIfComplete();
        }
        return this;
    }

    @Override
    public CommandEmitter arg(String text) {
        return active ? arg(text.getBytes(StandardCharsets.UTF_8)) : this;
    }

    @Override
    public CommandEmitter arg(long value) {
        return active ? arg(Long.toString(value)) : this;
    }

    @Override
    public CommandEmitter key() {
        return active ? arg(key.get()) : this;
    }
}
