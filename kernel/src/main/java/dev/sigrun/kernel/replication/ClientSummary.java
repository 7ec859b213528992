// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

import dev.sigrun.kernel.command.Session;

/** How the log names the client that has changed who follows whom. Owner thread only. */
public final class ClientSummary {
    private ClientSummary() {}

    /** The summary of a client. */
    public static String of(Session session) {
        return "id=%d addr=%s laddr=%s fd=%d name=%s user=%s lib-name=%s lib-ver=%s"
                .formatted(
                        session.id(),
                        session.transport().remoteAddress(),
                        session.transport().localAddress(),
                        session.transport().descriptor(),
                        session.name(),
                        session.user().name(),
                        session.libName(),
                        session.libVersion());
    }
}
