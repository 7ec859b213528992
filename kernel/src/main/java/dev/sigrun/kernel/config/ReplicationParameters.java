// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.TextParameter.binary;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.DENY_LOADING;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.SENSITIVE;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.ReplicaOf;
import dev.sigrun.kernel.config.value.ReplicaOf.Primary;

/** Primaries and replicas. */
public final class ReplicationParameters {
    public static final BooleanParameter REPL_DISABLE_TCP_NODELAY =
            flag("repl-disable-tcp-nodelay", false, HONOURED);
    public static final BooleanParameter REPL_MPTCP =
            flag("repl-mptcp", false, MEANINGLESS, IMMUTABLE);
    public static final BooleanParameter REPL_DISKLESS_SYNC =
            flag("repl-diskless-sync", true, HONOURED);
    public static final BooleanParameter DUAL_CHANNEL_REPLICATION_ENABLED =
            flag("dual-channel-replication-enabled", false, HONOURED);
    public static final BooleanParameter REPLICA_LAZY_FLUSH =
            flag("replica-lazy-flush slave-lazy-flush", true, HONOURED);
    public static final BooleanParameter REPLICA_SERVE_STALE_DATA =
            flag("replica-serve-stale-data slave-serve-stale-data", true, HONOURED);
    public static final BooleanParameter REPLICA_READ_ONLY =
            flag("replica-read-only slave-read-only", true, HONOURED);
    public static final BooleanParameter REPLICA_IGNORE_MAXMEMORY =
            flag("replica-ignore-maxmemory slave-ignore-maxmemory", true, HONOURED);
    public static final BooleanParameter REPLICA_ANNOUNCED =
            flag("replica-announced", true, HONOURED);
    public static final BooleanParameter REPLICA_IGNORE_DISK_WRITE_ERRORS =
            flag("replica-ignore-disk-write-errors", false, HONOURED);
    public static final TextParameter REPLICA_ANNOUNCE_IP =
            text("replica-announce-ip slave-announce-ip", null, HONOURED);
    public static final TextParameter PRIMARYUSER =
            text("primaryuser masteruser", null, HONOURED, SENSITIVE);
    public static final TextParameter PRIMARYAUTH =
            binary("primaryauth masterauth", null, HONOURED, SENSITIVE);
    public static final EnumParameter REPL_DISKLESS_LOAD =
            choice(
                    "repl-diskless-load",
                    "disabled on-empty-db swapdb flush-before-load",
                    "disabled",
                    HONOURED,
                    DENY_LOADING);
    public static final EnumParameter PROPAGATION_ERROR_BEHAVIOR =
            choice(
                    "propagation-error-behavior",
                    "ignore panic panic-on-replicas",
                    "ignore",
                    HONOURED);
    public static final LongParameter REPLICA_PRIORITY =
            number("replica-priority slave-priority", 100, HONOURED);
    public static final LongParameter REPL_DISKLESS_SYNC_DELAY =
            number("repl-diskless-sync-delay", 5, HONOURED);
    public static final LongParameter REPLICA_ANNOUNCE_PORT =
            number("replica-announce-port slave-announce-port", 0, HONOURED).between(0, 65535);
    public static final LongParameter REPL_TIMEOUT =
            number("repl-timeout", 60, HONOURED).between(1, Integer.MAX_VALUE);
    public static final LongParameter REPL_PING_REPLICA_PERIOD =
            number("repl-ping-replica-period repl-ping-slave-period", 10, HONOURED)
                    .between(1, Integer.MAX_VALUE);
    public static final LongParameter MIN_REPLICAS_TO_WRITE =
            number("min-replicas-to-write min-slaves-to-write", 0, HONOURED);
    public static final LongParameter MIN_REPLICAS_MAX_LAG =
            number("min-replicas-max-lag min-slaves-max-lag", 10, HONOURED);
    public static final LongParameter REPL_DISKLESS_SYNC_MAX_REPLICAS =
            number("repl-diskless-sync-max-replicas", 0, HONOURED);
    public static final LongParameter REPL_BACKLOG_SIZE =
            size("repl-backlog-size", 10L << 20, HONOURED).between(1, Long.MAX_VALUE);
    public static final LongParameter REPL_BACKLOG_TTL =
            number("repl-backlog-ttl", 3600, HONOURED).between(0, Long.MAX_VALUE);
    public static final ValueParameter<Primary> REPLICAOF =
            value("replicaof slaveof", new ReplicaOf(), HONOURED, IMMUTABLE);

    private ReplicationParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            REPL_DISABLE_TCP_NODELAY,
            REPL_MPTCP,
            REPL_DISKLESS_SYNC,
            DUAL_CHANNEL_REPLICATION_ENABLED,
            REPLICA_LAZY_FLUSH,
            REPLICA_SERVE_STALE_DATA,
            REPLICA_READ_ONLY,
            REPLICA_IGNORE_MAXMEMORY,
            REPLICA_ANNOUNCED,
            REPLICA_IGNORE_DISK_WRITE_ERRORS,
            REPLICA_ANNOUNCE_IP,
            PRIMARYUSER,
            PRIMARYAUTH,
            REPL_DISKLESS_LOAD,
            PROPAGATION_ERROR_BEHAVIOR,
            REPLICA_PRIORITY,
            REPL_DISKLESS_SYNC_DELAY,
            REPLICA_ANNOUNCE_PORT,
            REPL_TIMEOUT,
            REPL_PING_REPLICA_PERIOD,
            MIN_REPLICAS_TO_WRITE,
            MIN_REPLICAS_MAX_LAG,
            REPL_DISKLESS_SYNC_MAX_REPLICAS,
            REPL_BACKLOG_SIZE,
            REPL_BACKLOG_TTL,
            REPLICAOF,
        };
    }
}
