// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.kernel.command.Session;
import java.util.ArrayList;
import java.util.List;

/** The transfers under way, with what they share. Owner thread only. */
final class Transfers {
    private static final long TICK_MILLIS = 10;

    private final AdminContext admin;
    private final Links links;
    private final LinkCache cache;
    private final List<Transfer> active = new ArrayList<>();
    private boolean ticking;

    Transfers(AdminContext admin, Links links) {
        this.admin = admin;
        this.links = links;
        this.cache = new LinkCache(admin.stats());
    }

    AdminContext admin() {
        return admin;
    }

    Links links() {
        return links;
    }

    LinkCache cache() {
        return cache;
    }

    /** Begins a transfer in the owner's next turn; the session waits for its end. */
    void begin(Session session, MigrateOptions options, List<byte[]> keys) {
        Transfer transfer = new Transfer(this, session, options, keys);
        admin.sessions().block(session, new InTransfer());
        active.add(transfer);
        admin.owner().execute(transfer::start);
        if (!ticking) {
            // Servers that never migrate anything need no clock for it.
            ticking = true;
            admin.owner().every(TICK_MILLIS, this::tick);
        }
    }

    void ended(Transfer transfer) {
        active.remove(transfer);
    }

    private void tick() {
        long now = admin.clock().nanos();
        for (Transfer transfer : List.copyOf(active)) {
            transfer.tick(now);
        }
        cache.tick(admin.clock().unixMillis());
    }

    /** What a client waits for; the transfer's own timer sees to it that this ends. */
    private static final class InTransfer implements Session.Block {
        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            // Without a deadline there is nothing to time out.
        }

        @Override
        public boolean mayBeCutShort() {
            return false;
        }
    }
}
