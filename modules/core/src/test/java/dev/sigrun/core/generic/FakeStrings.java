// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The commands that the case file uses to fill and read keys, without their checks. */
final class FakeStrings {
    private FakeStrings() {}

    static Map<String, CommandHandler> handlers(FakeServer server) {
        return Map.of(
                "set", FakeStrings::set,
                "get", FakeStrings::get,
                "getset", FakeStrings::getset,
                "append", FakeStrings::append,
                "incr", FakeStrings::increment,
                "strlen", context -> context.reply().integer(context.read(1).stringLength()),
                "getrange", FakeStrings::getrange,
                "dbsize", context -> context.reply().integer(context.keyspace().size()),
                "select", context -> select(server, context));
    }

    private static void select(FakeServer server, CommandContext context) throws CommandException {
        server.select((int) context.args().longAt(1));
        context.reply().ok();
    }

    private static void set(CommandContext context) throws CommandException {
        Args args = context.args();
        boolean timed = args.count() == 5;
        Key key = context.write(1);
        key.setString(args.bytes(2), args.count() == 4);
        if (timed) {
            long unit = args.is(3, "EX") ? 1000 : 1;
            key.expireAt(context.nowMillis() + args.longAt(4) * unit);
        }
        context.reply().ok();
    }

    private static void get(CommandContext context) throws CommandException {
        Key key = context.read(1);
        if (key.isPresent()) {
            context.reply().bulk(key.string());
        } else {
            context.reply().nil();
        }
    }

    private static void getset(CommandContext context) throws CommandException {
        get(context);
        context.write(1).setString(context.args().bytes(2), false);
    }

    private static void append(CommandContext context) throws CommandException {
        Key key = context.write(1);
        put(key, key.string().text() + context.args().bytes(2).text());
        context.reply().integer(key.stringLength());
    }

    private static void increment(CommandContext context) throws CommandException {
        Key key = context.write(1);
        long value = Long.parseLong(key.string().text()) + 1;
        put(key, Long.toString(value));
        context.reply().integer(value);
    }

    private static void getrange(CommandContext context) throws CommandException {
        String text = context.read(1).string().text();
        int from = (int) context.args().longAt(2);
        int end = (int) Math.min(context.args().longAt(3) + 1, text.length());
        context.reply().bulk(text.substring(from, end));
    }

    private static void put(Key key, String text) {
        key.setString(text.getBytes(StandardCharsets.ISO_8859_1), true);
    }
}
