// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.acl.ChannelRights;
import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.pubsub.Kind;
import java.util.List;

/** Ends the connections of those who may not be there any more. Owner thread only. */
final class UserSessions implements Users.ChannelLoss {
    private final AdminContext admin;
    private Session asking;

    UserSessions(AdminContext admin) {
        this.admin = admin;
    }

    /** Says who has sent the command, so that the reply still goes out if it is to be ended. */
    void asking(Session session) {
        asking = session;
    }

    /** Ends all connections of a user who is no more. */
    void end(User user) {
        User nobody = admin.access().users().defaultUser();
        for (Session session : List.copyOf(admin.sessions().all())) {
            if (session.user() == user) {
                session.authenticated(false, nobody);
                end(session);
            }
        }
    }

    private void end(Session session) {
        if (session == asking) {
            session.closeAfterReply();
        } else {
            admin.sessions().kill(session);
        }
    }

    @Override
    public void channelsLost(User user, ChannelRights left) {
        for (Session session : List.copyOf(admin.sessions().all())) {
            if (session.user() == user && session.isSubscribed() && !mayStay(session, left)) {
                end(session);
            }
        }
    }

    private static boolean mayStay(Session session, ChannelRights left) {
        return allow(session, Kind.CHANNEL, left)
                && allow(session, Kind.PATTERN, left)
                && allow(session, Kind.SHARD, left);
    }

    private static boolean allow(Session session, Kind kind, ChannelRights left) {
        for (String name : session.subscriptions().names(kind)) {
            boolean allowed =
                    kind == Kind.PATTERN ? left.allowsPattern(name) : left.allowsChannel(name);
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
