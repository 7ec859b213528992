// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import static dev.sigrun.spi.command.CommandFlag.ALLOW_BUSY;
import static dev.sigrun.spi.command.CommandFlag.FAST;
import static dev.sigrun.spi.command.CommandFlag.LOADING;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_AUTH;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.plugin.PluginInfo;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.List;

/** HELLO: protocol, password and name in one, and who the server is. Owner thread only. */
final class HelloCommand {
    private static final CommandException BAD_VERSION =
            CommandException.of("Protocol version is not an integer or out of range");
    private static final CommandException NO_SUCH_PROTOCOL =
            new CommandException("NOPROTO", "unsupported protocol version");
    private static final CommandException NOT_AUTHENTICATED =
            new CommandException(
                    "NOAUTH",
                    "HELLO must be called with the client already authenticated, otherwise the"
                            + " HELLO <proto> AUTH <user> <pass> option can be used to authenticate"
                            + " the client and select the RESP protocol version at the same time");
    private static final int FIRST_OPTION = 2;
    private static final int NONE = -1;

    private final AdminContext admin;
    private final Config config;
    private final Authentication authentication;

    HelloCommand(AdminContext admin, Authentication authentication) {
        this.admin = admin;
        this.config = admin.config();
        this.authentication = authentication;
    }

    void register(Registry registry) {
        Specs.add(
                registry,
                Specs.connection("hello", -1, ALLOW_BUSY, NOSCRIPT, LOADING, STALE, FAST, NO_AUTH),
                this::hello);
    }

    private void hello(Execution execution) throws CommandException {
        Args args = execution.args();
        Session session = execution.session();
        int protocol = args.count() > 1 ? protocol(args) : session.protocol();
        int user = NONE;
        String name = null;
        for (int i = FIRST_OPTION; i < args.count(); i++) {
            int more = args.count() - 1 - i;
            if (args.is(i, "auth") && more >= 2) {
                user = i + 1;
                i += 2;
            } else if (args.is(i, "setname") && more >= 1) {
                name = ClientNames.name(args.bytes(++i));
            } else {
                throw Arguments.error("Syntax error in HELLO option '", args.bytes(i).text(), "'");
            }
        }
        if (user != NONE) {
            authentication.login(execution, args.bytes(user), args.bytes(user + 1));
        }
        if (!session.isAuthenticated()) {
            throw NOT_AUTHENTICATED;
        }
        if (name != null) {
            session.name(name);
        }
        session.protocol(protocol);
        execution.replyBuffer().protocol(protocol);
        answer(execution.reply(), session);
    }

    private static int protocol(Args args) throws CommandException {
        long version = args.longAt(1, Long.MIN_VALUE, Long.MAX_VALUE, BAD_VERSION);
        if (version < 2 || version > 3) {
            throw NO_SUCH_PROTOCOL;
        }
        return (int) version;
    }

    private void answer(ReplyWriter reply, Session session) {
        boolean asRedis = config.booleanValue(ServerParameters.EXTENDED_REDIS_COMPATIBILITY);
        byte[] zone = config.bytes(ClusterParameters.AVAILABILITY_ZONE);
        boolean hasZone = zone != null && zone.length > 0;
        reply.map(hasZone ? 8 : 7);
        reply.bulk("server");
        reply.bulk(asRedis ? "redis" : "valkey");
        reply.bulk("version");
        reply.bulk(asRedis ? ServerFacts.REDIS_VERSION : ServerFacts.VALKEY_VERSION);
        reply.bulk("proto");
        reply.integer(session.protocol());
        reply.bulk("id");
        reply.integer(session.id());
        reply.bulk("mode");
        boolean isCluster = config.booleanValue(ClusterParameters.CLUSTER_ENABLED);
        reply.bulk(isCluster ? "cluster" : "standalone");
        reply.bulk("role");
        reply.bulk("master");
        reply.bulk("modules");
        modules(reply);
        if (hasZone) {
            reply.bulk("availability_zone");
            reply.bulk(zone);
        }
    }

    private void modules(ReplyWriter reply) {
        List<PluginInfo> plugins = admin.plugins() == null ? List.of() : admin.plugins().list();
        reply.array(plugins.size());
        for (PluginInfo plugin : plugins) {
            reply.map(4);
            reply.bulk("name");
            reply.bulk(plugin.name());
            reply.bulk("ver");
            reply.integer(plugin.number());
            reply.bulk("path");
            reply.bulk(plugin.path().toString());
            reply.bulk("args");
            reply.array(plugin.arguments().size());
            plugin.arguments().forEach(reply::bulk);
        }
    }
}
