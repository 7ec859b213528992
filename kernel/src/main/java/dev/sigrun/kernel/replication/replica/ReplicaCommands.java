// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import static dev.sigrun.spi.command.CommandFlag.ADMIN;
import static dev.sigrun.spi.command.CommandFlag.NOSCRIPT;
import static dev.sigrun.spi.command.CommandFlag.NO_ASYNC_LOADING;
import static dev.sigrun.spi.command.CommandFlag.STALE;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.ClusterParameters;
import dev.sigrun.kernel.replication.ClientSummary;
import dev.sigrun.kernel.replication.Downstream;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandHandler;
import dev.sigrun.spi.command.CommandSpec;

/** REPLICAOF, SLAVEOF and FAILOVER. Owner thread only. */
public final class ReplicaCommands {
    private static final String DOCS = "dev/sigrun/kernel/command/replica.json";
    private static final int PORT_MAX = 65_535;

    private final Follower follower;
    private final Failover failover;
    private final FollowerParts parts;

    /** Over the replica that this server is or may become. */
    public ReplicaCommands(Follower follower) {
        this.follower = follower;
        this.parts = follower.parts();
        this.failover = new Failover(follower);
    }

    /** Registers the commands. */
    public void register(Registry registry) {
        add(
                registry,
                spec("replicaof", 3, NO_ASYNC_LOADING, ADMIN, NOSCRIPT, STALE),
                this::replicaOf);
        add(
                registry,
                spec("slaveof", 3, NO_ASYNC_LOADING, ADMIN, NOSCRIPT, STALE),
                this::replicaOf);
        add(registry, spec("failover", -1, ADMIN, NOSCRIPT, STALE), this::failover);
    }

    private static CommandSpec.Builder spec(String name, int arity, CommandFlag... flags) {
        return CommandSpec.command(name, arity).flags(flags);
    }

    private static void add(Registry registry, CommandSpec.Builder spec, CommandHandler handler) {
        registry.add(Registry.KERNEL, spec.docs(DOCS).build(), handler);
    }

    // ---- REPLICAOF ----

    private void replicaOf(CommandContext context) throws CommandException {
        if (parts.config().booleanValue(ClusterParameters.CLUSTER_ENABLED)) {
            throw CommandException.of("REPLICAOF not allowed in cluster mode.");
        }
        if (failover.isUnderWay()) {
            throw CommandException.of("REPLICAOF not allowed while failing over.");
        }
        Args args = context.args();
        if (args.is(1, "no") && args.is(2, "one")) {
            if (follower.isFollowing()) {
                follower.lead();
                Follower.LOG.info("PRIMARY MODE enabled (user request from '{}')", who(context));
            }
            context.reply().ok();
            return;
        }
        CommandException badPort = CommandException.of("Invalid master port");
        int port = (int) args.longAt(2, 0, PORT_MAX, badPort);
        String host = args.bytes(1).text();
        if (follower.isFollowing()
                && host.equalsIgnoreCase(follower.host())
                && port == follower.port()) {
            Follower.LOG.info(
                    "REPLICAOF would result into synchronization with the primary we are already"
                            + " connected with. No operation performed.");
            context.reply().simple("OK Already connected to specified master");
            return;
        }
        follower.follow(host, port, true);
        Follower.LOG.info(
                "REPLICAOF {}:{} enabled (user request from '{}')", host, port, who(context));
        context.reply().ok();
    }

    private static String who(CommandContext context) {
        return ClientSummary.of(((Execution) context).session());
    }

    // ---- FAILOVER ----

    /** What a client wants of a hand-over. */
    private static final class Wish {
        private String host;
        private long port;
        private long timeoutMillis;
        private boolean force;
    }

    private void failover(CommandContext context) throws CommandException {
        if (parts.config().booleanValue(ClusterParameters.CLUSTER_ENABLED)) {
            throw CommandException.of("FAILOVER not allowed in cluster mode.");
        }
        Args args = context.args();
        if (args.count() == 2 && args.is(1, "abort")) {
            if (!failover.isUnderWay()) {
                throw CommandException.of("No failover in progress.");
            }
            failover.abort("Failover manually aborted");
            context.reply().ok();
            return;
        }
        Wish wish = parse(args);
        check(wish);
        failover.begin(wish.host, (int) wish.port, wish.timeoutMillis, wish.force);
        context.reply().ok();
    }

    private static Wish parse(Args args) throws CommandException {
        Wish wish = new Wish();
        for (int i = 1; i < args.count(); i++) {
            if (args.is(i, "timeout") && i + 1 < args.count() && wish.timeoutMillis == 0) {
                i++;
                wish.timeoutMillis = args.longAt(i);
                if (wish.timeoutMillis <= 0) {
                    throw CommandException.of("FAILOVER timeout must be greater than 0");
                }
            } else if (args.is(i, "to") && i + 2 < args.count() && wish.host == null) {
                wish.port = args.longAt(i + 2);
                wish.host = args.bytes(i + 1).text();
                i += 2;
            } else if (args.is(i, "force") && !wish.force) {
                wish.force = true;
            } else {
                throw CommandException.SYNTAX;
            }
        }
        return wish;
    }

    private void check(Wish wish) throws CommandException {
        if (failover.isUnderWay()) {
            throw CommandException.of("FAILOVER already in progress.");
        }
        if (follower.isFollowing()) {
            throw CommandException.of("FAILOVER is not valid when server is a replica.");
        }
        if (parts.replication().downstream().count() == 0) {
            throw CommandException.of("FAILOVER requires connected replicas.");
        }
        if (wish.force && (wish.timeoutMillis == 0 || wish.host == null)) {
            throw CommandException.of(
                    "FAILOVER with force option requires both a timeout and target HOST and IP.");
        }
        if (wish.host == null) {
            return;
        }
        Downstream.Follower replica = failover.find(wish.host, wish.port);
        if (replica == null) {
            throw CommandException.of("FAILOVER target HOST and PORT is not a replica.");
        }
        if (!replica.isOnline()) {
            throw CommandException.of("FAILOVER target replica is not online.");
        }
    }
}
