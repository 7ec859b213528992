// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.server;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Background;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.plugin.Candidate;
import dev.sigrun.kernel.plugin.PluginException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One load of a plugin at run time. Another thread reads and checks the file, while the client
 * waits and everybody else is served; the rest is done on the owner. A client that goes meanwhile
 * has still asked for the plugin, so it is loaded all the same.
 */
final class PluginLoad implements Session.Block {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLoad.class);

    private final AdminContext context;
    private final Session session;
    private final LoadRequest request;

    PluginLoad(AdminContext context, Session session, LoadRequest request) {
        this.context = context;
        this.session = session;
        this.request = request;
    }

    @Override
    public long deadlineMillis() {
        return 0;
    }

    @Override
    public void timedOut(Session waiting) {
        throw new IllegalStateException("the load of a plugin has no deadline");
    }

    @Override
    public boolean mayBeCutShort() {
        return false;
    }

    void begin(Background background) {
        context.sessions().block(session, this);
        background.run("plugin-gate", this::check);
    }

    /** On the other thread. */
    private void check() {
        try {
            Candidate candidate = context.plugins().open(request.file());
            context.owner().execute(() -> load(candidate));
        } catch (PluginException e) {
            context.owner().execute(() -> fail(e));
        } catch (RuntimeException e) {
            LOG.error("The file of a plugin could not be checked", e);
            context.owner().execute(() -> answer(LoadRequest.FAILED.getMessage()));
        }
    }

    private void load(Candidate candidate) {
        try {
            context.plugins().load(candidate, request.arguments(), request.configs());
            answer(null);
        } catch (PluginException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("A plugin could not be loaded", e);
            answer(LoadRequest.FAILED.getMessage());
        }
    }

    private void fail(PluginException failure) {
        LOG.warn(
                "{}{}", failure.logText(), failure.trace().isEmpty() ? "" : "\n" + failure.trace());
        answer(failure.wireText());
    }

    private void answer(String error) {
        if (session.block() != this) {
            return;
        }
        if (error == null) {
            context.sessions().unblock(session, () -> context.dispatcher().reply().ok());
        } else {
            context.stats().countError("ERR");
            context.sessions().unblock(session, () -> context.dispatcher().reply().error(error));
        }
    }
}
