// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.Plugin;
import dev.sigrun.spi.Registrar;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;
import dev.sigrun.spi.command.Wait;
import dev.sigrun.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * A plugin whose commands wait for keys, in all the ways there are: {@code TRAY.PUT key item ...}
 * makes what {@code TRAY.TAKE key ... timeout} waits for; {@code TRAY.MOVE source target timeout}
 * makes keys ready itself; {@code TRAY.PICK key number timeout} takes one item when there are that
 * many, and so may have to wait again and again; {@code TRAY.TOTAL key number timeout} does so
 * without taking; {@code TRAY.NEXT key $ timeout} waits for what comes after now, as long as the
 * key is there. Owner thread only.
 */
public final class TrayPlugin implements Plugin {
    static final String PUT = "TRAY.PUT";
    static final String DROP = "TRAY.DROP";

    private static final CommandException NO_TRAY =
            new CommandException("NOTRAY", "there is no tray");

    private final TrayType type = new TrayType();

    /** The plugin; one for each server. */
    public TrayPlugin() {}

    @Override
    public void register(Registrar registrar) {
        registrar.type(type);
        registrar.command(write(PUT, -3, 1).build(), this::put);
        registrar.command(write(DROP, 2, 1).build(), this::drop);
        registrar.command(
                write("TRAY.TAKE", -3, -2).flags(CommandFlag.BLOCKING).build(), this::take);
        registrar.command(write("TRAY.MOVE", 4, 2).flags(CommandFlag.BLOCKING).build(), this::move);
        registrar.command(write("TRAY.PICK", 4, 1).flags(CommandFlag.BLOCKING).build(), this::pick);
        registrar.command(read("TRAY.TOTAL"), this::total);
        registrar.command(read("TRAY.NEXT"), this::next);
    }

    private static CommandSpec.Builder write(String name, int arity, int lastKey) {
        return CommandSpec.command(name, arity)
                .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
                .key(
                        KeySpec.range(
                                1,
                                lastKey,
                                1,
                                KeySpec.Use.RW,
                                KeySpec.Use.ACCESS,
                                KeySpec.Use.DELETE));
    }

    private static CommandSpec read(String name) {
        return CommandSpec.command(name, 4)
                .flags(CommandFlag.READONLY, CommandFlag.BLOCKING)
                .key(KeySpec.at(1, KeySpec.Use.RO, KeySpec.Use.ACCESS))
                .build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long deadline(CommandContext command) throws CommandException {
        Args args = command.args();
        long span = args.longAt(args.count() - 1);
        return span == 0 ? 0 : command.nowMillis() + span;
    }

    private void put(CommandContext command) throws CommandException {
        Key key = command.write(1);
        Tray tray = key.value(type);
        if (tray == null) {
            tray = new Tray();
            key.setValue(type, tray);
        }
        for (int i = 2; i < command.args().count(); i++) {
            tray.put(command.args().bytes(i).copy());
        }
        key.markModified();
        command.replication().verbatim();
        command.reply().integer(tray.items.size());
    }

    private void drop(CommandContext command) throws CommandException {
        Key key = command.write(1);
        if (key.value(type) != null) {
            takeOldest(key);
            command.replication().verbatim();
        }
        command.reply().ok();
    }

    private byte[] takeOldest(Key key) throws CommandException {
        Tray tray = key.value(type);
        byte[] item = tray.items.removeFirst();
        if (tray.items.isEmpty()) {
            key.remove(false);
        } else {
            key.markModified();
        }
        return item;
    }

    private void take(CommandContext command) throws CommandException {
        int keys = command.args().count() - 2;
        long deadline = deadline(command);
        for (int i = 1; i <= keys; i++) {
            Key key = command.write(i);
            if (key.value(type) != null) {
                byte[] item = takeOldest(key);
                command.replication().instead().command(DROP, 1).arg(command.args().bytes(i));
                command.reply().array(2);
                command.reply().bulk(command.args().bytes(i));
                command.reply().bulk(item);
                return;
            }
        }
        command.block(
                Wait.keys(type, IntStream.rangeClosed(1, keys).toArray()).until(deadline).build());
    }

    private void move(CommandContext command) throws CommandException {
        long deadline = deadline(command);
        Key source = command.write(1);
        Key target = command.write(2);
        if (source.value(type) == null) {
            command.block(Wait.keys(type, 1).until(deadline).inVain(reply -> reply.nil()).build());
            return;
        }
        target.value(type);
        byte[] item = takeOldest(source);
        Tray tray = target.value(type);
        if (tray == null) {
            tray = new Tray();
            target.setValue(type, tray);
        }
        tray.put(item);
        target.markModified();
        command.replication().instead().command(DROP, 1).arg(command.args().bytes(1));
        command.replication().instead().command(PUT, 2).arg(command.args().bytes(2)).arg(item);
        command.reply().bulk(item);
    }

    private void pick(CommandContext command) throws CommandException {
        long wanted = command.args().longAt(2);
        long deadline = deadline(command);
        Key key = command.write(1);
        Tray tray = key.value(type);
        if (tray == null || tray.items.size() < wanted) {
            command.block(Wait.keys(type, 1).until(deadline).build());
            return;
        }
        byte[] item = takeOldest(key);
        command.replication().instead().command(DROP, 1).arg(command.args().bytes(1));
        command.reply().bulk(item);
    }

    private void total(CommandContext command) throws CommandException {
        long wanted = command.args().longAt(2);
        long deadline = deadline(command);
        Tray tray = command.read(1).value(type);
        if (tray != null && tray.total >= wanted) {
            command.reply().map(1);
            command.reply().bulk("total");
            command.reply().integer(tray.total);
        } else {
            command.block(Wait.keys(type, 1).until(deadline).build());
        }
    }

    private void next(CommandContext command) throws CommandException {
        Tray tray = command.read(1).value(type);
        if (tray == null) {
            throw NO_TRAY;
        }
        boolean afterNow = command.args().is(2, "$");
        long seen = afterNow ? tray.total : command.args().longAt(2);
        if (tray.total > seen) {
            command.reply().integer(tray.total);
            return;
        }
        Wait.Builder wait = Wait.keys(type, 1).until(deadline(command)).goneToo();
        command.block(
                afterNow ? wait.replace(2, bytes(Long.toString(seen))).build() : wait.build());
    }
}
