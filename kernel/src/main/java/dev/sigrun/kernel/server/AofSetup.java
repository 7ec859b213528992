// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.append.AppendOnlyCommands;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.command.Fanout;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.PersistenceParameters;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.kernel.persist.aof.Aof;
import dev.sigrun.kernel.persist.aof.AofStartup;
import dev.sigrun.kernel.persist.aof.BaseForm;
import dev.sigrun.kernel.persist.aof.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the append-only file to what it writes and to who asks for it. Owner thread only. */
final class AofSetup {
    private static final Logger LOG = LoggerFactory.getLogger(AofSetup.class);
    private static final long TICK_MILLIS = 100;

    private final AdminContext context;
    private final Config config;
    private final Persistence persistence;

    private final Aof aof;
    private boolean fails;

    /**
     * Wires it.
     *
     * @param fatal ends the process at once; any thread
     */
    AofSetup(
            AdminContext context,
            Persistence persistence,
            Background background,
            Disk disk,
            Fanout fanout,
            Runnable fatal) {
        this.context = context;
        this.config = context.config();
        this.persistence = persistence;
        aof =
                new Aof(
                        config,
                        context.owner(),
                        background,
                        context.clock(),
                        context.dispatcher(),
                        persistence.snapshots(),
                        persistence.loads(),
                        disk,
                        this::form,
                        () -> context.replication().history().offset(),
                        fatal);
        aof.latency(context.store().latency());
        context.aof(aof);
        fanout.file(aof.feed());
        persistence
                .startup()
                .instead(new AofStartup(aof, config, persistence.loading(), persistence.plans()));
        context.shutdown().files(this::flush);
        new AppendOnlyCommands(context, aof, persistence.loading(), persistence.plans()::plan)
                .register();
        follow();
    }

    /** Does from now on what has to be done from time to time. */
    void start() {
        context.owner().every(TICK_MILLIS, this::tick);
    }

    private void tick() {
        boolean failsNow = aof.diskError() != null;
        if (failsNow != fails) {
            fails = failsNow;
            persistence.errors().appendOnlyFile(fails, aof::diskError);
        }
        if (!context.toggles().cronPaused && !persistence.loading().isLoading()) {
            aof.tick();
        }
    }

    private void follow() {
        config.onChange(PersistenceParameters.APPENDONLY, this::applySwitch);
        config.onChange(PersistenceParameters.APPENDFSYNC, aof::apply);
        config.onChange(PersistenceParameters.AOF_TIMESTAMP_ENABLED, aof::apply);
        config.onChange(PersistenceParameters.AOF_DISABLE_AUTO_GC, aof::collect);
    }

    private void applySwitch() {
        if (config.booleanValue(PersistenceParameters.APPENDONLY)) {
            Session session = context.dispatcher().running();
            aof.start(session != null && session.runsTransaction());
        } else {
            aof.stop();
        }
    }

    /** What a base looks like that is written now. */
    private BaseForm form() {
        return BaseForm.of(
                config,
                persistence.saving().plan(),
                persistence.head()::writeForAof,
                context.clock().unixMillis());
    }

    private boolean flush(boolean force) {
        if (aof.isWritingFirst()) {
            if (!force) {
                LOG.warn("Writing initial AOF, can't exit.");
                return false;
            }
            LOG.warn("Writing initial AOF. Exit anyway.");
        }
        aof.finish();
        return true;
    }

    Aof aof() {
        return aof;
    }
}
