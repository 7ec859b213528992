// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.messaging;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.messaging.MessagingCommands.Handler;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.CommandErrors;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.tracking.ClientTracking;
import dev.sigrun.kernel.tracking.Tracking;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** CLIENT TRACKING, CACHING, GETREDIR and TRACKINGINFO. Owner thread only. */
final class TrackingCommands {
    private static final CommandException NOT_TRACKING =
            CommandException.of(
                    "CLIENT CACHING can be called only when the client is in tracking mode with"
                            + " OPTIN or OPTOUT mode enabled");
    private static final CommandException NOT_OPTIN =
            CommandException.of(
                    "CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
    private static final CommandException NOT_OPTOUT =
            CommandException.of(
                    "CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");

    private final Registry registry;
    private final AdminContext admin;
    private final ClientTracking tracking;

    TrackingCommands(AdminContext admin) {
        this.admin = admin;
        this.registry = admin.registry();
        this.tracking = admin.dispatcher().audience().tracking();
    }

    void register(Registry target) {
        Command client = target.table().find("client");
        add(client, "tracking", -3, this::track);
        add(client, "caching", 3, this::cache, ALLOW_BUSY);
        add(client, "getredir", 2, TrackingCommands::redirection, ALLOW_BUSY);
        add(client, "trackinginfo", 2, TrackingCommands::describe);
    }

    private void add(Command client, String name, int arity, Handler handler, CommandFlag... more) {
        registry.addSubcommand(
                Registry.KERNEL,
                client,
                MessagingCommands.spec(name, arity, NOSCRIPT, LOADING, STALE)
                        .flags(more)
                        .categories("connection")
                        .build(),
                handler.plain());
    }

    private void track(Execution execution) throws CommandException {
        TrackingRequest request = TrackingRequest.parse(execution.args(), admin.sessions());
        Session session = execution.session();
        if (request.isOn()) {
            Tracking before = session.tracking();
            request.check(before);
            if (!tracking.room().hasRoom(request.prefixes().size())) {
                throw CommandErrors.ALLOCATION_FAILED;
            }
            session.mayTrack();
            tracking.on(session, request.options(), request.prefixes());
        } else {
            tracking.off(session);
        }
        execution.reply().ok();
    }

    private void cache(Execution execution) throws CommandException {
        Tracking own = execution.session().tracking();
        if (own == null || !own.isOn()) {
            throw NOT_TRACKING;
        }
        if (execution.args().is(2, "yes")) {
            if (!own.options().optIn()) {
                throw NOT_OPTIN;
            }
        } else if (!execution.args().is(2, "no")) {
            throw CommandException.SYNTAX;
        } else if (!own.options().optOut()) {
            throw NOT_OPTOUT;
        }
        own.caching(true);
        execution.reply().ok();
    }

    private static void redirection(Execution execution) {
        execution.reply().integer(redirection(execution.session().tracking()));
    }

    private static long redirection(Tracking own) {
        return own == null || !own.isOn() ? -1 : own.options().redirection();
    }

    private static void describe(Execution execution) {
        Tracking own = execution.session().tracking();
        ReplyWriter reply = execution.reply();
        reply.map(3);
        reply.bulk("flags");
        List<String> flags = flags(own);
        reply.set(flags.size());
        flags.forEach(reply::bulk);
        reply.bulk("redirect");
        reply.integer(redirection(own));
        reply.bulk("prefixes");
        reply.array(own == null ? 0 : own.prefixes().size());
        if (own != null) {
            for (String prefix : own.prefixes()) {
                reply.bulk(prefix.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static List<String> flags(Tracking own) {
        if (own == null || !own.isOn()) {
            return List.of("off");
        }
        Tracking.Options options = own.options();
        List<String> flags = new ArrayList<>(List.of("on"));
        if (options.broadcast()) {
            flags.add("bcast");
        }
        if (options.optIn()) {
            flags.add("optin");
            if (own.isCaching()) {
                flags.add("caching-yes");
            }
        }
        if (options.optOut()) {
            flags.add("optout");
            if (own.isCaching()) {
                flags.add("caching-no");
            }
        }
        if (options.noLoop()) {
            flags.add("noloop");
        }
        if (own.isRedirectionBroken()) {
            flags.add("broken_redirect");
        }
        return flags;
    }
}
