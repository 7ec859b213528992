// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ReplicationParameters;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.kernel.replication.Replication;
import dev.sigrun.kernel.snapshot.Snapshots;
import java.util.function.Supplier;

/** The side of replication that feeds replicas, with all its parts. Owner thread only. */
public final class Primary {
    private static final long PERIOD_MILLIS = 1000;

    private final Replicas replicas;
    private final Replication replication;
    private final Acknowledgements acknowledgements;
    private final SyncCommands commands;
    private final PrimaryCron cron;
    private final Config config;
    private final Owner owner;

    /**
     * Wires the parts.
     *
     * @param ids gives strings of forty random hexadecimal digits
     */
    public Primary(
            Replication replication,
            Dispatcher dispatcher,
            Config config,
            Owner owner,
            Clock clock,
            Background background,
            Snapshots snapshots,
            Snapshooting saving,
            Supplier<String> ids) {
        this.replication = replication;
        this.config = config;
        this.owner = owner;
        replicas =
                new Replicas(
                        replication,
                        dispatcher.condition(),
                        dispatcher.sessions(),
                        dispatcher.stats(),
                        config,
                        clock,
                        owner,
                        new OutputLimits(config, dispatcher.stats()),
                        dispatcher.replyGate());
        acknowledgements = new Acknowledgements(replicas, dispatcher, owner);
        FullSyncs syncs =
                new FullSyncs(replicas, snapshots, saving, config, owner, background, ids);
        replicas.complete(acknowledgements, syncs);
        commands = new SyncCommands(replicas, syncs, config, ids);
        cron =
                new PrimaryCron(
                        replicas, syncs, saving, config, dispatcher.pause(), background, ids);
    }

    /** Registers the commands by which replicas come. */
    public void register(Registry registry) {
        commands.register(registry);
    }

    /** Begins what is done from time to time, and follows the configuration. */
    public void start() {
        config.onChange(
                ReplicationParameters.REPL_BACKLOG_SIZE,
                () ->
                        replication
                                .backlog()
                                .sizeBytes(
                                        config.longValue(ReplicationParameters.REPL_BACKLOG_SIZE)));
        config.onChange(ReplicationParameters.MIN_REPLICAS_TO_WRITE, replicas::countGood);
        config.onChange(ReplicationParameters.MIN_REPLICAS_MAX_LAG, replicas::countGood);
        replicas.countGood();
        // The first round is one without replicas, as its ping would move the offset of who comes.
        cron.tick();
        owner.every(PERIOD_MILLIS, cron::tick);
    }

    /** Those who follow this server. */
    public Replicas replicas() {
        return replicas;
    }

    /** The clients that wait for replicas. */
    public Acknowledgements acknowledgements() {
        return acknowledgements;
    }
}
