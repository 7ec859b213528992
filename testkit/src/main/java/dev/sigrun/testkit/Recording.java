// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Propagation;
import dev.sigrun.kernel.store.StoreListener;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.key.NotifyClass;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Keeps the effects of commands: the keyspace events of the classes {@code EA} and what goes to
 * replicas. Written by the owner, read by the test once it has the reply.
 */
public final class Recording implements Propagation, StoreListener, AutoCloseable {
    private static final long NEAR_MILLIS = 3_000_000;
    private static final int CLASSES_LEFT_OUT = NotifyClass.NEW | NotifyClass.KEY_MISS;

    private final Clock clock;
    private final List<String> events = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();
    private boolean showsBlocks;
    private boolean isOver;

    Recording(Clock clock) {
        this.clock = clock;
    }

    /** The events since this was asked last: name, blank, key. */
    public synchronized List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** The commands that were replicated since this was asked last, word by word. */
    public synchronized List<List<String>> takeCommands() {
        List<List<String>> taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    /**
     * Events and commands since they were asked for last, as case files have them: {@code @ event
     * key} and {@code & NAME argument}, with times near to now as {@code now+N}.
     */
    public synchronized List<String> takeLines() {
        List<String> lines = new ArrayList<>();
        for (String event : takeEvents()) {
            lines.add("@ " + event);
        }
        for (List<String> command : takeCommands()) {
            StringBuilder line = new StringBuilder("& ");
            line.append(command.getFirst().toUpperCase(Locale.ROOT));
            for (String word : command.subList(1, command.size())) {
                line.append(' ').append(shown(word));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private String shown(String word) {
        if (word.matches("[0-9]{13}")) {
            long fromNow = Long.parseLong(word) - clock.unixMillis();
            if (Math.abs(fromNow) < NEAR_MILLIS) {
                return "now+" + fromNow;
            }
        }
        return Quoting.word(word);
    }

    /** Shows from now on which commands belong together, by MULTI and EXEC around them. */
    public synchronized Recording showingBlocks() {
        showsBlocks = true;
        return this;
    }

    /** Forgets everything and keeps nothing any more, since what tests replicate may be large. */
    @Override
    public synchronized void close() {
        isOver = true;
        events.clear();
        commands.clear();
    }

    @Override
    public synchronized void blockBegins() {
        if (showsBlocks && !isOver) {
            commands.add(List.of("MULTI"));
        }
    }

    @Override
    public synchronized void blockEnds() {
        if (showsBlocks && !isOver) {
            commands.add(List.of("EXEC"));
        }
    }

    @Override
    public synchronized boolean isActive() {
        return !isOver;
    }

    @Override
    public synchronized void feed(int db, byte[] command) {
        if (isOver) {
            return;
        }
        try {
            Reply parsed = new ReplyReader(new ByteArrayInputStream(command)).next();
            commands.add(parsed.items().stream().map(Reply::bulk).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void event(int notifyClass, String event, int db, Bytes key) {
        if (!isOver && (notifyClass & CLASSES_LEFT_OUT) == 0) {
            events.add(event + " " + Quoting.word(key.text()));
        }
    }

    @Override
    public void modified(int db, Bytes key) {}

    @Override
    public void expired(int db, Bytes key) {}

    @Override
    public void evicted(int db, Bytes key) {}
}
