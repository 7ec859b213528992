// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.kernel.command.ServerStats;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Connections that are kept for a while after a transfer, since transfers to one target come one
 * after the other. Owner thread only.
 */
final class LinkCache {
    private static final int LINKS_MAX = 64;
    private static final long IDLE_MILLIS_MAX = 10_000;

    private final ServerStats stats;

    /** The one that was given back last is at the end. */
    private final List<TargetLink> idle = new ArrayList<>();

    LinkCache(ServerStats stats) {
        this.stats = stats;
    }

    /** A connection to a target, for this user alone; null when none is kept. */
    TargetLink take(Target target, TargetLink.User user) {
        for (int i = idle.size() - 1; i >= 0; i--) {
            TargetLink link = idle.get(i);
            if (link.isOpen() && link.target().equals(target)) {
                idle.remove(i);
                count();
                link.user(user);
                return link;
            }
        }
        return null;
    }

    /** Keeps a connection that owes no answer. */
    void give(TargetLink link, long nowMillis) {
        if (idle.size() == LINKS_MAX) {
            idle.removeFirst().close();
        }
        link.user(null);
        link.idleSince(nowMillis);
        idle.add(link);
        count();
    }

    /** Lets those go that have been closed by the target, or were not used for long. */
    void tick(long nowMillis) {
        if (idle.isEmpty()) {
            return;
        }
        for (Iterator<TargetLink> all = idle.iterator(); all.hasNext(); ) {
            TargetLink link = all.next();
            if (!link.isOpen() || nowMillis - link.idleSinceMillis() > IDLE_MILLIS_MAX) {
                link.close();
                all.remove();
            }
        }
        count();
    }

    private void count() {
        stats.migrateCachedSockets = idle.size();
    }
}
