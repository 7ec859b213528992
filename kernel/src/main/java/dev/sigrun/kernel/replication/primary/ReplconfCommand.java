// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code REPLCONF}: what a replica says of itself, and how far it is. Acknowledgements get no
 * reply, since that would become part of the stream. Owner thread only.
 */
final class ReplconfCommand {
    private static final Logger LOG = LoggerFactory.getLogger(ReplconfCommand.class);
    private static final int HOST_LENGTH_MAX = 256;
    private static final CommandException NOT_A_FLAG =
            CommandException.of("value is out of range, value must between 0 and 1");
    private static final CommandException NO_FILTER =
            CommandException.of("Missing rdb-filter-only values");
    private static final CommandException NO_CLUSTER =
            CommandException.of("This instance has cluster support disabled");

    private final Replicas replicas;
    private final Config config;

    ReplconfCommand(Replicas replicas, Config config) {
        this.replicas = replicas;
        this.config = config;
    }

    void run(Execution execution) throws CommandException {
        Args args = execution.args();
        if (args.count() % 2 == 0) {
            throw CommandException.SYNTAX;
        }
        Replica replica = replicas.of(execution.session());
        for (int i = 1; i < args.count(); i += 2) {
            if (args.is(i, "ack")) {
                acknowledge(replica, args, i);
                return;
            }
            if (args.is(i, "getack")) {
                if (replicas.replication().isReplica()) {
                    replicas.replication().upstream().acknowledge();
                }
                return;
            }
            option(replica.announced, args, i);
        }
        execution.reply().ok();
    }

    private void acknowledge(Replica replica, Args args, int index) {
        if (!replica.isReplica()) {
            return;
        }
        try {
            long offset = args.longAt(index + 1);
            boolean hasFile = args.count() > index + 3 && args.is(index + 2, "fack");
            long fileOffset = hasFile ? args.longAt(index + 3) : replica.fileOffset;
            replicas.acknowledged(replica, offset, fileOffset);
        } catch (CommandException e) {
            LOG.debug("A replica acknowledges what is no offset", e);
        }
    }

    private void option(Announced announced, Args args, int index) throws CommandException {
        String value = args.bytes(index + 1).text();
        switch (args.bytes(index).text().toLowerCase(Locale.ROOT)) {
            case "listening-port" -> announced.port = (int) args.longAt(index + 1);
            case "ip-address" -> announced.host = host(value);
            case "capa" -> capability(announced, value);
            case "rdb-only" -> announced.snapshotOnly = flag(args, index + 1);
            case "rdb-filter-only" -> filter(announced, value);
            case "version" -> announced.version = version(value);
            case "rdb-channel" -> announced.isSnapshotChannel = flag(args, index + 1);
            case "set-rdb-client-id" -> announced.snapshotClient = client(args.longAt(index + 1));
            case "set-cluster-node-id" -> throw NO_CLUSTER;
            default ->
                    throw CommandException.of(
                            "Unrecognized REPLCONF option: " + args.bytes(index).text());
        }
    }

    private static String host(String text) throws CommandException {
        if (text.length() >= HOST_LENGTH_MAX) {
            throw CommandException.of(
                    "REPLCONF ip-address provided by replica instance is too long: "
                            + text.length()
                            + " bytes");
        }
        return text;
    }

    /** What is not known is no harm. */
    private void capability(Announced announced, String name) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "eof" -> announced.endsByMark = true;
            case "psync2" -> announced.takesNewId = true;
            case "skip-rdb-checksum" -> announced.skipsChecksum = true;
            case "dual-channel" -> dualChannel(announced);
            default -> LOG.debug("A replica is capable of {}", name);
        }
    }

    private void dualChannel(Announced announced) {
        if (!config.booleanValue(ReplicationParameters.DUAL_CHANNEL_REPLICATION_ENABLED)) {
            return;
        }
        if (config.booleanValue(ReplicationParameters.REPL_DISKLESS_SYNC)) {
            announced.isDualChannel = true;
        } else {
            LOG.info("Dual channel capability ignored: repl-diskless-sync disabled");
        }
    }

    private static boolean flag(Args args, int index) throws CommandException {
        args.longAt(index);
        return args.longAt(index, 0, 1, NOT_A_FLAG) == 1;
    }

    private static void filter(Announced announced, String value) throws CommandException {
        List<String> names = Words.split(value);
        if (names == null) {
            throw NO_FILTER;
        }
        announced.withoutKeys = true;
        announced.withoutFunctions = true;
        for (String name : names) {
            if (!name.equalsIgnoreCase("functions")) {
                throw CommandException.of("Unsupported rdb-filter-only option: " + name);
            }
            announced.withoutFunctions = false;
        }
    }

    private static int version(String text) throws CommandException {
        int version = Announced.version(text);
        if (version < 0) {
            throw CommandException.of("Unrecognized version format: " + text);
        }
        return version;
    }

    private long client(long id) throws CommandException {
        if (replicas.awaited().of(id) == null) {
            throw CommandException.of("Unrecognized RDB client id " + id);
        }
        return id;
    }
}
