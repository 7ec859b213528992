// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes what {@code COMMAND INFO} says of a command: ten fields, the order of which and of what is
 * in them is Valkey's. Owner thread only.
 */
final class InfoReply {
    /** The flags that clients are shown, in order; that of commands of modules is in between. */
    private static final List<CommandFlag> BEFORE_MODULE =
            List.of(CommandFlag.WRITE, CommandFlag.READONLY, CommandFlag.DENYOOM);

    private static final List<CommandFlag> AFTER_MODULE =
            List.of(
                    CommandFlag.ADMIN,
                    CommandFlag.PUBSUB,
                    CommandFlag.NOSCRIPT,
                    CommandFlag.BLOCKING,
                    CommandFlag.LOADING,
                    CommandFlag.STALE,
                    CommandFlag.SKIP_MONITOR,
                    CommandFlag.SKIP_COMMANDLOG,
                    CommandFlag.FAST,
                    CommandFlag.NO_AUTH,
                    CommandFlag.NO_MANDATORY_KEYS,
                    CommandFlag.NO_ASYNC_LOADING,
                    CommandFlag.NO_MULTI,
                    CommandFlag.MOVABLEKEYS,
                    CommandFlag.ALLOW_BUSY);

    private static final int FIELDS = 10;

    private final ReplyWriter reply;
    private final Set<String> categories;
    private final Map<String, String> modules;

    /**
     * For one reply.
     *
     * @param categories all ACL categories, in the order in which they are shown
     * @param modules names of modules by owner
     */
    InfoReply(ReplyWriter reply, Set<String> categories, Map<String, String> modules) {
        this.reply = reply;
        this.categories = categories;
        this.modules = modules;
    }

    /** Writes a command, or that there is none. */
    void write(Command command) {
        if (command == null) {
            reply.nil();
            return;
        }
        KeyRange range = KeyRange.of(command.spec());
        reply.array(FIELDS);
        reply.bulk(command.fullName());
        reply.integer(command.spec().arity());
        flags(command, range.movable());
        reply.integer(range.first());
        reply.integer(range.last());
        reply.integer(range.step());
        categories(command);
        reply.set(command.spec().tips().size());
        command.spec().tips().forEach(reply::bulk);
        KeySpecReply.specs(reply, command.spec().keys());
        List<Command> subcommands = Commands.subcommands(command);
        reply.array(subcommands.size());
        subcommands.forEach(this::write);
    }

    private void flags(Command command, boolean movable) {
        List<String> names = new ArrayList<>();
        Set<CommandFlag> flags = command.spec().flags();
        for (CommandFlag flag : BEFORE_MODULE) {
            if (flags.contains(flag)) {
                names.add(flag.wireName());
            }
        }
        if (modules.containsKey(command.owner())) {
            names.add("module");
        }
        for (CommandFlag flag : AFTER_MODULE) {
            if (flags.contains(flag) || (flag == CommandFlag.MOVABLEKEYS && movable)) {
                names.add(flag.wireName());
            }
        }
        reply.set(names.size());
        names.forEach(reply::simple);
    }

    private void categories(Command command) {
        List<String> own = new ArrayList<>(command.categories().size());
        for (String category : categories) {
            if (command.categories().contains(category)) {
                own.add(category);
            }
        }
        reply.set(own.size());
        for (String category : own) {
            reply.simple("@".concat(category));
        }
    }
}
