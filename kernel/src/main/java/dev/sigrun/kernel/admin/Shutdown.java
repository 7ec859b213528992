// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin;

import dev.sigrun.kernel.command.Pause;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.persist.Saving;
import dev.sigrun.kernel.replication.Downstream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the end: lets replicas catch up, has data written, and then ends the process, or does
 * not when something fails. Owner thread only.
 */
public final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    /** What has to be written before the end besides a snapshot. */
    public interface Files {
        /**
         * Writes and syncs what is not yet.
         *
         * @param force whether the end comes all the same
         * @return false when the server must not end because data would be lost; the log says why
         */
        boolean flush(boolean force);
    }

    private final AdminContext context;
    private final Runnable exit;
    private final List<Runnable> refused = new ArrayList<>();
    private Files files = _ -> true;
    private ShutdownWish wish;
    private long deadlineMillis;
    private boolean ending;

    /**
     * For one server.
     *
     * @param exit ends the process; nothing fails from then on
     */
    public Shutdown(AdminContext context, Runnable exit) {
        this.context = context;
        this.exit = exit;
    }

    /** Says who writes the append-only file. */
    public void files(Files writer) {
        files = writer;
    }

    /** Whether it has begun. */
    public boolean isUnderWay() {
        return wish != null;
    }

    /** For how long it waits for replicas at most; -1 when it does not. */
    public long remainingMillis() {
        return wish == null || ending ? -1 : deadlineMillis - context.clock().unixMillis();
    }

    /**
     * Begins, unless it has begun.
     *
     * @param by who wants it, for the log; null for nobody in particular
     * @param onRefusal called when the server does not end after all
     */
    public void begin(ShutdownWish wanted, String by, Runnable onRefusal) {
        if (ending) {
            return;
        }
        refused.add(onRefusal);
        if (wish != null) {
            return;
        }
        wish = wanted;
        if (context.persistence().loading().isLoading()) {
            // What is half loaded must not take the place of what is being loaded.
            wish = new ShutdownWish(false, true, wanted.now(), wanted.force());
        }
        if (by == null) {
            LOG.info("User requested shutdown...");
        } else {
            LOG.info("User requested shutdown... (user request from '{}')", by);
        }
        long timeoutMillis = context.config().longValue(ServerParameters.SHUTDOWN_TIMEOUT) * 1000;
        if (!wish.now() && timeoutMillis != 0 && !areReplicasInSync()) {
            deadlineMillis = context.clock().unixMillis() + timeoutMillis;
            context.replication().feed().askForAcknowledgement();
            context.dispatcher().pause().hold(Pause.Reason.SHUTDOWN);
            LOG.info("Waiting for replicas before shutting down.");
            return;
        }
        finish();
    }

    private boolean areReplicasInSync() {
        long offset = context.replication().history().offset();
        for (Downstream.Follower replica : context.replication().downstream().followers()) {
            if (replica.offset() != offset) {
                return false;
            }
        }
        return true;
    }

    /** Looks whether the wait for replicas is over; some ten times a second. */
    public void tick() {
        if (wish != null
                && !ending
                && (context.clock().unixMillis() >= deadlineMillis || areReplicasInSync())) {
            finish();
        }
    }

    /** Does not end after all; says whether there was something to abort. */
    public boolean abort() {
        if (wish == null || ending) {
            return false;
        }
        cancel();
        LOG.info("Shutdown manually aborted.");
        return true;
    }

    private void cancel() {
        wish = null;
        deadlineMillis = 0;
        context.dispatcher().pause().release(Pause.Reason.SHUTDOWN);
        context.sessions().endPause();
        List<Runnable> waiting = List.copyOf(refused);
        refused.clear();
        waiting.forEach(Runnable::run);
    }

    private void finish() {
        tellReplicas();
        if (mayEnd()) {
            ending = true;
            exit.run();
        } else {
            LOG.warn("Errors trying to shut down the server. Check the logs for more information.");
            cancel();
        }
    }

    private void tellReplicas() {
        long offset = context.replication().history().offset();
        List<Downstream.Follower> replicas = context.replication().downstream().followers();
        int inSync = 0;
        for (Downstream.Follower replica : replicas) {
            if (replica.offset() == offset) {
                inSync++;
            } else {
                LOG.info(
                        "Lagging replica {}:{} reported offset {} behind master, lag=0, state={}.",
                        replica.host(),
                        replica.port(),
                        offset - replica.offset(),
                        replica.isOnline() ? "online" : "wait_bgsave");
            }
        }
        if (!replicas.isEmpty()) {
            LOG.info("{} of {} replicas are in sync when shutting down.", inSync, replicas.size());
        }
    }

    private boolean mayEnd() {
        Saving saving = context.persistence().saving();
        if (saving.isUnderWay()) {
            LOG.warn("There is a child saving an .rdb. Killing it!");
            saving.cancel();
        }
        if (!files.flush(wish.force())) {
            return false;
        }
        if (wish.save() || saving.hasRules() && !wish.noSave()) {
            LOG.info("Saving the final RDB snapshot before exiting.");
            if (!saving.save()) {
                if (!wish.force()) {
                    LOG.warn("Error trying to save the DB, can't exit.");
                    return false;
                }
                LOG.warn("Error trying to save the DB. Exit anyway.");
            }
        }
        return true;
    }
}
