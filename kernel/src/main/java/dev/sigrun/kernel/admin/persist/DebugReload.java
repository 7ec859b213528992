// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.persist;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.load.LoadEnd;
import dev.sigrun.kernel.load.LoadHooks;
import dev.sigrun.kernel.load.LoadPlan;
import dev.sigrun.kernel.load.LoadSource;
import dev.sigrun.kernel.persist.Persistence;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.type.RdbException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code DEBUG RELOAD}: saves all data, forgets it and loads it again, all in one turn. Owner
 * thread only.
 */
final class DebugReload {
    private static final Logger LOG = LoggerFactory.getLogger(DebugReload.class);
    private static final CommandException UNKNOWN_OPTION =
            CommandException.of(
                    "DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.");
    private static final CommandException NOT_LOADED =
            CommandException.of("Error trying to load the RDB dump, check server logs.");
    private static final CommandException NOT_SAVED = new CommandException("ERR", "");

    private final AdminContext context;
    private final Persistence persistence;

    DebugReload(AdminContext context) {
        this.context = context;
        this.persistence = context.persistence();
    }

    void reload(CommandContext command) throws CommandException {
        Args args = command.args();
        boolean merge = false;
        boolean flush = true;
        boolean save = true;
        for (int i = 2; i < args.count(); i++) {
            if (args.is(i, "merge")) {
                merge = true;
            } else if (args.is(i, "noflush")) {
                flush = false;
            } else if (args.is(i, "nosave")) {
                save = false;
            } else {
                throw UNKNOWN_OPTION;
            }
        }
        if (persistence.loads().active() != null) {
            throw NOT_LOADED;
        }
        if (save && !persistence.saving().save()) {
            throw NOT_SAVED;
        }
        LoadPlan plan = persistence.plans().plan();
        if (merge) {
            plan = plan.on(LoadPlan.Duplicates.REPLACE);
        }
        if (context.replication().isReplica()) {
            plan = plan.on(LoadPlan.Expired.KEEP);
        }
        plan = plan.with(new Reloading(plan.hooks(), flush, merge));
        long dirty = context.store().stats().dirty;
        LoadEnd end = persistence.loads().run(plan, LoadSource.file(persistence.saving().file()));
        context.store().stats().dirty = dirty;
        persistence.loading().restart();
        persistence.loading().count(end);
        if (!end.isComplete()) {
            throw NOT_LOADED;
        }
        LOG.info("DB reloaded by DEBUG RELOAD");
        command.reply().ok();
    }

    /**
     * What was there goes when it is known that the file can be read, unless it is to stay; then
     * libraries give way like keys to what has their names, if that is wanted.
     */
    private final class Reloading implements LoadHooks {
        private final LoadHooks others;
        private final boolean flushes;
        private final boolean merges;

        Reloading(LoadHooks others, boolean flushes, boolean merges) {
            this.others = others;
            this.flushes = flushes;
            this.merges = merges;
        }

        @Override
        public void accepted(int version) {
            if (flushes) {
                flush();
            }
            others.accepted(version);
        }

        private void flush() {
            LOG.info("RDB signature and version check passed. Flushing old data");
            for (int i = 0; i < context.store().databaseCount(); i++) {
                context.store().flush(i, false);
            }
            context.scripts().clearLibraries();
        }

        @Override
        public void field(String name, String value) {
            others.field(name, value);
        }

        @Override
        public void library(Bytes code) throws RdbException {
            if (!merges) {
                others.library(code);
                return;
            }
            try {
                context.scripts().addLibrary(code, true);
            } catch (CommandException e) {
                throw RdbException.corrupt("Failed loading library, " + e.getMessage());
            }
        }

        @Override
        public void slotImport(String job, int[] ranges) throws RdbException {
            others.slotImport(job, ranges);
        }

        @Override
        public void expired(int db, Bytes key) {
            others.expired(db, key);
        }

        @Override
        public void expiredField(int db, Bytes key, Bytes field) {
            others.expiredField(db, key, field);
        }
    }
}
