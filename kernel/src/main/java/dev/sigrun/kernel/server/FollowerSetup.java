// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.command.Condition;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.config.TlsParameters;
import dev.sigrun.kernel.load.Load;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.replication.replica.Follower;
import dev.sigrun.kernel.replication.replica.FollowerParts;
import dev.sigrun.kernel.replication.replica.ReplicaCommands;
import dev.sigrun.kernel.replication.replica.Surroundings;
import dev.sigrun.spi.command.CommandException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the replica that this server may be what it needs of the others. Owner thread only. */
final class FollowerSetup implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerSetup.class);

    private final AdminContext context;
    private final Config config;
    private final Persistence persistence;
    private final Aof aof;
    private final Seeds seeds;
    private final Runnable roleChanged;
    private final Follower follower;

    FollowerSetup(
            AdminContext context,
            Links links,
            Background background,
            Persistence persistence,
            Aof aof,
            Seeds seeds,
            Runnable roleChanged) {
        this.context = context;
        this.config = context.config();
        this.persistence = persistence;
        this.aof = aof;
        this.seeds = seeds;
        this.roleChanged = roleChanged;
        follower =
                new Follower(
                        new FollowerParts(
                                config,
                                links,
                                context.owner(),
                                background,
                                context.clock(),
                                context.store(),
                                context.dispatcher(),
                                persistence.loads(),
                                context.replication(),
                                this));
        new ReplicaCommands(follower).register(context.registry());
    }

    Follower follower() {
        return follower;
    }

    @Override
    public String version() {
        return ServerFacts.VALKEY_VERSION;
    }

    @Override
    public int port() {
        boolean isEncrypted = config.booleanValue(TlsParameters.TLS_REPLICATION);
        int encrypted = isEncrypted ? context.actions().tlsPort() : 0;
        return encrypted != 0 ? encrypted : context.actions().port();
    }

    @Override
    public String newId() {
        return seeds.hexadecimal(40);
    }

    @Override
    public boolean isScriptRunning() {
        return context.scripts().running().isRunning();
    }

    @Override
    public LoadPlan plan() {
        return persistence.plans().plan();
    }

    @Override
    public String replaceLibraries(List<byte[]> codes) {
        try {
            context.scripts().replaceLibraries(codes);
            return null;
        } catch (CommandException refused) {
            return "A library of functions could not be loaded: " + refused.getMessage();
        }
    }

    @Override
    public void loading(Condition.Loading how, Load load) {
        persistence.saving().cancel();
        persistence.loading().begin(how, load);
    }

    @Override
    public void loaded(boolean complete) {
        persistence.loading().end();
    }

    @Override
    public boolean isPersistent() {
        return persistence.saving().hasRules()
                || config.booleanValue(PersistenceParameters.APPENDONLY);
    }

    @Override
    public void stopFile() {
        aof.stop();
    }

    @Override
    public boolean fileTakesSnapshot() {
        return aof.takesSnapshot();
    }

    @Override
    public void restartFile(Path snapshot) {
        aof.restart(snapshot);
    }

    @Override
    public void resumeFile() {
        if (config.booleanValue(PersistenceParameters.APPENDONLY) && aof.state() == Aof.State.OFF) {
            aof.restart(null);
        }
    }

    @Override
    public long syncedOffset() {
        return aof.fsyncedOffset();
    }

    @Override
    public void dataBegins() {
        if (context.toggles().stopsInSync) {
            LOG.info("Process is about to stop.");
            ProcessStop.stop();
            LOG.info("Process has been continued.");
        }
    }

    @Override
    public void roleChanged() {
        roleChanged.run();
    }

    @Override
    public void panic(String reason) {
        LOG.error("{}", reason);
        Runtime.getRuntime().halt(1);
    }
}
