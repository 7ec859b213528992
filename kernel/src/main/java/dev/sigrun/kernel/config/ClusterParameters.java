// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.LongParameter.sizeOrNegative;
import static dev.sigrun.kernel.config.TextParameter.binary;
import static dev.sigrun.kernel.config.TextParameter.ruled;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;

/** The cluster: membership, slots, announcements, migration. */
public final class ClusterParameters {
    public static final BooleanParameter CLUSTER_REQUIRE_FULL_COVERAGE =
            flag("cluster-require-full-coverage", true);
    public static final BooleanParameter CLUSTER_REPLICA_NO_FAILOVER =
            flag("cluster-replica-no-failover cluster-slave-no-failover", false);
    public static final BooleanParameter CLUSTER_ENABLED =
            flag("cluster-enabled", false, IMMUTABLE);
    public static final BooleanParameter CLUSTER_ALLOW_READS_WHEN_DOWN =
            flag("cluster-allow-reads-when-down", false);
    public static final BooleanParameter CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN =
            flag("cluster-allow-pubsubshard-when-down", true);
    public static final BooleanParameter CLUSTER_ALLOW_REPLICA_MIGRATION =
            flag("cluster-allow-replica-migration", true);
    public static final BooleanParameter CLUSTER_SLOT_STATS_ENABLED =
            flag("cluster-slot-stats-enabled", false);
    public static final TextParameter CLUSTER_ANNOUNCE_IP =
            ruled("cluster-announce-ip", null, TextRule.ANNOUNCED_IP);
    public static final TextParameter CLUSTER_ANNOUNCE_CLIENT_IPV4 =
            ruled("cluster-announce-client-ipv4", null, TextRule.IPV4);
    public static final TextParameter CLUSTER_ANNOUNCE_CLIENT_IPV6 =
            ruled("cluster-announce-client-ipv6", null, TextRule.IPV6);
    public static final TextParameter CLUSTER_CONFIG_FILE =
            ruled("cluster-config-file", "nodes.conf", TextRule.CLUSTER_FILE, IMMUTABLE);
    public static final TextParameter CLUSTER_ANNOUNCE_HOSTNAME =
            ruled("cluster-announce-hostname", null, TextRule.HOSTNAME);
    public static final TextParameter CLUSTER_ANNOUNCE_HUMAN_NODENAME =
            ruled("cluster-announce-human-nodename", null, TextRule.NODE_NAME);
    public static final TextParameter AVAILABILITY_ZONE = binary("availability-zone", "");
    public static final EnumParameter CLUSTER_PREFERRED_ENDPOINT_TYPE =
            choice("cluster-preferred-endpoint-type", "ip hostname unknown-endpoint", "ip");
    public static final EnumParameter CLUSTER_CONFIG_SAVE_BEHAVIOR =
            choice("cluster-config-save-behavior", "sync best-effort", "sync");
    public static final LongParameter CLUSTER_DATABASES =
            number("cluster-databases", 1, IMMUTABLE).between(1, Integer.MAX_VALUE);
    public static final LongParameter CLUSTER_REPLICA_VALIDITY_FACTOR =
            number("cluster-replica-validity-factor cluster-slave-validity-factor", 10);
    public static final LongParameter CLUSTER_MIGRATION_BARRIER =
            number("cluster-migration-barrier", 1);
    public static final LongParameter CLUSTER_PORT =
            number("cluster-port", 0, IMMUTABLE).between(0, 65535);
    public static final LongParameter CLUSTER_ANNOUNCE_BUS_PORT =
            number("cluster-announce-bus-port", 0).between(0, 65535);
    public static final LongParameter CLUSTER_ANNOUNCE_PORT =
            number("cluster-announce-port", 0).between(0, 65535);
    public static final LongParameter CLUSTER_ANNOUNCE_TLS_PORT =
            number("cluster-announce-tls-port", 0).between(0, 65535);
    public static final LongParameter CLUSTER_ANNOUNCE_CLIENT_PORT =
            number("cluster-announce-client-port", 0).between(0, 65535);
    public static final LongParameter CLUSTER_ANNOUNCE_CLIENT_TLS_PORT =
            number("cluster-announce-client-tls-port", 0).between(0, 65535);
    public static final LongParameter CLUSTER_MESSAGE_GOSSIP_PERC =
            number("cluster-message-gossip-perc", 10, HIDDEN).between(1, 100);
    public static final LongParameter CLUSTER_BLACKLIST_TTL =
            number("cluster-blacklist-ttl", 60, UNSIGNED).between(0, -1L);
    public static final LongParameter CLUSTER_SLOT_MIGRATION_LOG_MAX_LEN =
            number("cluster-slot-migration-log-max-len", 1000, UNSIGNED).between(0, Long.MAX_VALUE);
    public static final LongParameter CLUSTER_NODE_TIMEOUT =
            number("cluster-node-timeout", 15000).between(0, Long.MAX_VALUE);
    public static final LongParameter CLUSTER_PING_INTERVAL =
            number("cluster-ping-interval", 0, HIDDEN).between(0, Long.MAX_VALUE);
    public static final LongParameter CLUSTER_MANUAL_FAILOVER_TIMEOUT =
            number("cluster-manual-failover-timeout", 5000).between(1, Integer.MAX_VALUE);
    public static final LongParameter CLUSTER_LINK_SENDBUF_LIMIT =
            size("cluster-link-sendbuf-limit", 0, UNSIGNED).between(0, -1L);
    public static final LongParameter SLOT_MIGRATION_MAX_FAILOVER_REPL_BYTES =
            sizeOrNegative("slot-migration-max-failover-repl-bytes", 0).between(-1, Long.MAX_VALUE);

    private ClusterParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            CLUSTER_REQUIRE_FULL_COVERAGE,
            CLUSTER_REPLICA_NO_FAILOVER,
            CLUSTER_ENABLED,
            CLUSTER_ALLOW_READS_WHEN_DOWN,
            CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN,
            CLUSTER_ALLOW_REPLICA_MIGRATION,
            CLUSTER_SLOT_STATS_ENABLED,
            CLUSTER_ANNOUNCE_IP,
            CLUSTER_ANNOUNCE_CLIENT_IPV4,
            CLUSTER_ANNOUNCE_CLIENT_IPV6,
            CLUSTER_CONFIG_FILE,
            CLUSTER_ANNOUNCE_HOSTNAME,
            CLUSTER_ANNOUNCE_HUMAN_NODENAME,
            AVAILABILITY_ZONE,
            CLUSTER_PREFERRED_ENDPOINT_TYPE,
            CLUSTER_CONFIG_SAVE_BEHAVIOR,
            CLUSTER_DATABASES,
            CLUSTER_REPLICA_VALIDITY_FACTOR,
            CLUSTER_MIGRATION_BARRIER,
            CLUSTER_PORT,
            CLUSTER_ANNOUNCE_BUS_PORT,
            CLUSTER_ANNOUNCE_PORT,
            CLUSTER_ANNOUNCE_TLS_PORT,
            CLUSTER_ANNOUNCE_CLIENT_PORT,
            CLUSTER_ANNOUNCE_CLIENT_TLS_PORT,
            CLUSTER_MESSAGE_GOSSIP_PERC,
            CLUSTER_BLACKLIST_TTL,
            CLUSTER_SLOT_MIGRATION_LOG_MAX_LEN,
            CLUSTER_NODE_TIMEOUT,
            CLUSTER_PING_INTERVAL,
            CLUSTER_MANUAL_FAILOVER_TIMEOUT,
            CLUSTER_LINK_SENDBUF_LIMIT,
            SLOT_MIGRATION_MAX_FAILOVER_REPL_BYTES,
        };
    }
}
