// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.base.HashSlot;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.command.CommandFlag;
import dev.sigrun.spi.command.CommandSpec;
import dev.sigrun.spi.command.KeySpec;

/**
 * What a server that is in no cluster says to commands about clusters: clients ask in order to find
 * out which kind of server they talk to. The slot of a key can be told all the same. Owner thread
 * only.
 */
final class ClusterCommands {
    private static final CommandException DISABLED =
            CommandException.of("This instance has cluster support disabled");
    private static final String CHANGING = "nondeterministic_output";

    void register(Declaring declaring) {
        Declaring.Container cluster = declaring.container("cluster");
        registerNode(cluster);
        registerSlots(cluster);
        registerFacts(cluster);
        declaring.command(
                CommandSpec.command("asking", 1).flags(CommandFlag.FAST).categories("connection"),
                ClusterCommands::refuse);
        declaring.command(
                CommandSpec.command("clusterscan", -2)
                        .flags(CommandFlag.READONLY, CommandFlag.TOUCHES_ARBITRARY_KEYS)
                        .categories("keyspace")
                        .key(KeySpec.at(1, KeySpec.Use.NOT_KEY))
                        .tips(CHANGING, "request_policy:special", "response_policy:special"),
                ClusterCommands::refuse);
    }

    /** About this node and what it knows of others. */
    private static void registerNode(Declaring.Container cluster) {
        add(cluster, change("bumpepoch", 2).tips(CHANGING));
        add(cluster, change("failover", -2));
        add(cluster, change("forget", 3));
        add(cluster, change("meet", -4));
        add(cluster, change("replicate", -3));
        add(cluster, change("saveconfig", 2));
        add(cluster, change("set-config-epoch", 3));
        add(
                cluster,
                CommandSpec.command("reset", -2)
                        .flags(CommandFlag.ADMIN, CommandFlag.STALE, CommandFlag.NOSCRIPT));
        add(cluster, look("count-failure-reports", 3).flags(CommandFlag.ADMIN));
        add(cluster, look("replicas", 3).flags(CommandFlag.ADMIN));
        add(cluster, look("slaves", 3).flags(CommandFlag.ADMIN));
    }

    /** About who has which slots. */
    private static void registerSlots(Declaring.Container cluster) {
        add(cluster, change("addslots", -3));
        add(cluster, change("addslotsrange", -4));
        add(cluster, change("delslots", -3));
        add(cluster, change("delslotsrange", -4));
        add(cluster, change("flushslots", 2));
        add(cluster, change("setslot", -4).flags(CommandFlag.MAY_REPLICATE));
        add(cluster, change("syncslots", -3).flags(CommandFlag.MAY_REPLICATE));
        add(cluster, change("getslotmigrations", 2));
        add(cluster, change("migrateslots", -4).flags(CommandFlag.ALL_DBS));
        add(cluster, change("cancelslotmigrations", 2).flags(CommandFlag.ALL_DBS));
        add(
                cluster,
                CommandSpec.command("flushslot", -3)
                        .flags(
                                CommandFlag.WRITE,
                                CommandFlag.ADMIN,
                                CommandFlag.NO_ASYNC_LOADING,
                                CommandFlag.ALL_DBS)
                        .categories("keyspace"));
    }

    private static void registerFacts(Declaring.Container cluster) {
        for (String name : new String[] {"info", "myshardid", "nodes", "shards", "slots"}) {
            add(cluster, look(name, 2).flags(CommandFlag.LOADING));
        }
        for (String name : new String[] {"help", "myid"}) {
            add(
                    cluster,
                    CommandSpec.command(name, 2).flags(CommandFlag.LOADING, CommandFlag.STALE));
        }
        add(cluster, look("links", 2));
        add(cluster, look("getkeysinslot", 4));
        add(
                cluster,
                look("slot-stats", -4)
                        .flags(CommandFlag.LOADING)
                        .tips("request_policy:all_shards"));
        add(cluster, CommandSpec.command("countkeysinslot", 3).flags(CommandFlag.STALE));
        cluster.add(
                CommandSpec.command("keyslot", 3).flags(CommandFlag.STALE),
                ClusterCommands::keySlot);
    }

    private static CommandSpec.Builder change(String name, int arity) {
        return CommandSpec.command(name, arity)
                .flags(CommandFlag.ADMIN, CommandFlag.STALE, CommandFlag.NO_ASYNC_LOADING);
    }

    private static CommandSpec.Builder look(String name, int arity) {
        return CommandSpec.command(name, arity).flags(CommandFlag.STALE).tips(CHANGING);
    }

    private static void add(Declaring.Container cluster, CommandSpec.Builder spec) {
        cluster.add(spec, ClusterCommands::refuse);
    }

    private static void refuse(CommandContext command) throws CommandException {
        throw DISABLED;
    }

    private static void keySlot(CommandContext command) {
        Bytes key = command.args().bytes(2);
        command.reply().integer(HashSlot.of(key.address(), key.length()));
    }
}
