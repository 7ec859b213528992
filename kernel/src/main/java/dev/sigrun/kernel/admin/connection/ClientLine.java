// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.pubsub.Kind;

/**
 * The line that {@code CLIENT LIST} has for a client. Clients of many kinds parse it, so its fields
 * and their order are Valkey's. Owner thread only.
 *
 * <p>Deviation: the fields that describe how Valkey keeps its reply buffers (rbs, rbp, obl) are 0.
 */
final class ClientLine {
    /** The letters of what can be said of a client; the order is that of the line. */
    static final String FLAGS = "OSMPxbtRBdcuAUreTIiEN";

    /** The letters of what a client can say that it understands. */
    static final String CAPABILITIES = "r";

    private ClientLine() {}

    /**
     * Appends the line, without its end.
     *
     * @param argumentBytes size of the command that the client has under way, or 0
     * @param commandsDone commands that the client has behind it
     */
    static void append(
            StringBuilder line,
            Session session,
            long nowMillis,
            long argumentBytes,
            long commandsDone) {
        Transport transport = session.transport();
        line.append("id=").append(session.id());
        line.append(" addr=").append(transport.remoteAddress());
        line.append(" laddr=").append(transport.localAddress());
        line.append(" fd=").append(transport.descriptor());
        line.append(" name=").append(session.name());
        line.append(" age=").append(ageSeconds(session, nowMillis));
        line.append(" idle=").append(idleSeconds(session, nowMillis));
        line.append(" flags=").append(flags(session));
        line.append(" capa=").append(capabilities(session));
        line.append(" db=").append(session.db());
        line.append(" sub=").append(session.subscriptions(Kind.CHANNEL));
        line.append(" psub=").append(session.subscriptions(Kind.PATTERN));
        line.append(" ssub=").append(session.subscriptions(Kind.SHARD));
        line.append(" multi=").append(session.queuedCommands());
        line.append(" watch=").append(session.watchedKeys());
        line.append(" qbuf=").append(transport.queryBytes());
        line.append(" qbuf-free=").append(transport.queryBytesFree());
        line.append(" argv-mem=").append(argumentBytes);
        line.append(" multi-mem=").append(session.queuedBytes());
        line.append(" rbs=0 rbp=0 obl=0");
        long pending = transport.outputBytes();
        line.append(" oll=").append(pending > 0 ? 1 : 0);
        line.append(" omem=").append(pending);
        line.append(" tot-mem=").append(session.memoryBytes());
        line.append(" events=").append(pending > 0 ? "rw" : "r");
        String command = session.lastCommand() == null ? "NULL" : session.lastCommand().fullName();
        line.append(" cmd=").append(command);
        line.append(" user=").append(userName(session));
        line.append(" redir=").append(redirection(session));
        line.append(" resp=").append(session.protocol());
        line.append(" lib-name=").append(session.libName());
        line.append(" lib-ver=").append(session.libVersion());
        line.append(" tot-net-in=").append(session.bytesIn);
        line.append(" tot-net-out=").append(session.bytesOut);
        line.append(" tot-cmds=").append(commandsDone);
    }

    /** The primary is nobody whose name could be given to a client. */
    private static String userName(Session session) {
        return session.isReplicated() ? "(superuser)" : session.user().name();
    }

    /** For how long the client has been connected; both ends are cut to seconds first. */
    static long ageSeconds(Session session, long nowMillis) {
        return nowMillis / 1000 - session.createdMillis() / 1000;
    }

    /** For how long the client has said nothing. */
    static long idleSeconds(Session session, long nowMillis) {
        return nowMillis / 1000 - session.lastActiveMillis() / 1000;
    }

    /** The letters of a client. */
    static String flags(Session session) {
        StringBuilder letters = new StringBuilder(8);
        for (int i = 0; i < FLAGS.length(); i++) {
            if (has(session, FLAGS.charAt(i))) {
                letters.append(FLAGS.charAt(i));
            }
        }
        return letters.toString();
    }

    /** Whether a letter is among those of a client. */
    static boolean has(Session session, char letter) {
        return switch (letter) {
            case 'M' -> session.isReplicated();
            case 'O' -> session.isMonitor();
            case 'S' -> session.isReplica();
            case 'P' -> session.isSubscribed();
            case 't' -> tracks(session);
            case 'R' -> tracks(session) && session.tracking().isRedirectionBroken();
            case 'B' -> tracks(session) && session.tracking().isBroadcast();
            case 'x' -> session.isInTransaction();
            case 'b' -> session.isBlocked();
            case 'd' -> session.isOvertaken();
            case 'c' -> session.isClosing();
            case 'U' -> isUnixSocket(session);
            case 'r' -> session.isReadOnly();
            case 'e' -> session.isNoEvict();
            case 'T' -> session.isNoTouch();
            case 'I' -> session.isImportSource();
            case 'N' -> isPlain(session);
            default -> false;
        };
    }

    /** Whether no other letter says anything of the client. */
    private static boolean isPlain(Session session) {
        for (int i = 0; i < FLAGS.length(); i++) {
            char letter = FLAGS.charAt(i);
            if (letter != 'N' && has(session, letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean tracks(Session session) {
        return session.tracking() != null && session.tracking().isOn();
    }

    private static long redirection(Session session) {
        return tracks(session) ? session.tracking().options().redirection() : -1;
    }

    /** No client of TCP comes from port 0. */
    private static boolean isUnixSocket(Session session) {
        return session.transport().remoteAddress().endsWith(":0");
    }

    /** The letters of what a client says that it understands. */
    static String capabilities(Session session) {
        return session.isRedirectCapable() ? CAPABILITIES : "";
    }
}
