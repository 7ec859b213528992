// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConnectionParameters;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.replication.Replication.FailoverState;
import dev.sigrun.spi.command.CommandFlag;
import java.util.ArrayList;

/**
 * What it means for others that this server is a replica or is none: for clients, for what they may
 * do, and for a primary to which it introduces itself. Owner thread only.
 */
final class Standing {
    private static final String DISPLACED =
            "UNBLOCKED force unblock from blocking operation, instance state changed (master ->"
                    + " replica?)";

    private final FollowerParts parts;
    private final Config config;
    private final Follower follower;

    Standing(FollowerParts parts, Follower follower) {
        this.parts = parts;
        this.config = parts.config();
        this.follower = follower;
        config.onChange(ReplicationParameters.REPLICA_READ_ONLY, this::settle);
        config.onChange(ReplicationParameters.REPLICA_SERVE_STALE_DATA, this::settle);
    }

    /** Says what clients may do now. */
    void settle() {
        boolean isReplica = follower.isFollowing();
        Condition condition = parts.dispatcher().condition();
        condition.replica(isReplica, config.booleanValue(ReplicationParameters.REPLICA_READ_ONLY));
        condition.stale(
                isReplica
                        && follower.state() != LinkState.CONNECTED
                        && !config.booleanValue(ReplicationParameters.REPLICA_SERVE_STALE_DATA));
        boolean isHandingOver =
                parts.replication().failover() == FailoverState.FAILOVER_IN_PROGRESS;
        condition.redirect(follower.host(), follower.port(), !isHandingOver);
    }

    /** This server has become a replica or a primary. */
    void roleChanged() {
        parts.store().following(follower.isFollowing());
        settle();
        parts.server().roleChanged();
    }

    /** How this server introduces itself to a primary. */
    Introduction introduction() {
        byte[] password = config.bytes(ReplicationParameters.PRIMARYAUTH);
        String user = config.text(ReplicationParameters.PRIMARYUSER);
        int announced = config.intValue(ReplicationParameters.REPLICA_ANNOUNCE_PORT);
        String host = config.text(ReplicationParameters.REPLICA_ANNOUNCE_IP);
        boolean isSafe = FullSync.needsNoChecksum(parts) && FullSync.isDiskless(parts);
        return new Introduction(
                user == null || user.isEmpty() ? null : user,
                password == null || password.length == 0 ? null : password,
                announced != 0 ? announced : parts.server().port(),
                host == null || host.isEmpty() ? null : host,
                config.booleanValue(ReplicationParameters.DUAL_CHANNEL_REPLICATION_ENABLED),
                isSafe,
                parts.server().version());
    }

    /** What {@code repl-timeout} says. */
    int timeoutMillis() {
        long millis = config.longValue(ReplicationParameters.REPL_TIMEOUT) * 1000;
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** How much of the stream is kept until the data is loaded; 0 for any. */
    long keptBytesMax() {
        return config.value(ConnectionParameters.CLIENT_OUTPUT_BUFFER_LIMIT).replica().hardBytes();
    }

    /** Sends clients away that wait in a command, since what they wait for happens elsewhere. */
    void endWaits() {
        Dispatcher dispatcher = parts.dispatcher();
        for (Session session : new ArrayList<>(dispatcher.sessions().all())) {
            Session.Block block = session.block();
            if (block != null && block.isCommand() && !session.isReplicated()) {
                endWait(session, block);
            }
        }
    }

    private void endWait(Session session, Session.Block block) {
        Dispatcher dispatcher = parts.dispatcher();
        boolean writes =
                session.lastCommand() == null
                        || session.lastCommand().spec().flags().contains(CommandFlag.WRITE);
        if (session.isReadOnly() && !writes) {
            return;
        }
        boolean follows =
                session.isRedirectCapable() && block.isForKeys() && follower.isFollowing();
        String answer = follows ? "REDIRECT " + follower.host() + ":" + follower.port() : DISPLACED;
        dispatcher
                .sessions()
                .unblock(
                        session,
                        () -> {
                            dispatcher.reply().error(answer);
                            dispatcher.stats().countError(follows ? "REDIRECT" : "UNBLOCKED");
                            block.cancelled(session);
                        });
        if (!follows) {
            session.closeAfterReply();
        }
    }
}
