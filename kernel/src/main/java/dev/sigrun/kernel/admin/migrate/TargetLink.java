// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import dev.sigrun.kernel.base.Link;
import dev.sigrun.kernel.base.Links;
import dev.sigrun.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a target, which one transfer uses at a time; its answers are lines. What a target
 * says unasked, or in lines without end, ends the connection. Owner thread only.
 */
final class TargetLink implements Link.Listener {
    /** No database is known to be selected. */
    static final long NONE = Long.MIN_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(TargetLink.class);
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private final Target target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private Link link;
    private User user;
    private boolean open = true;
    private long selectedDb = NONE;
    private long givenBytes;
    private long idleSinceMillis;

    private TargetLink(Target target, User user) {
        this.target = target;
        this.user = user;
    }

    /** Whoever sends at present. */
    interface User {
        /** The connection is there. */
        void connected();

        /** The target has answered one command. */
        void answered(String answer);

        /** All answers that have come together have been told. */
        void answersEnd();

        /** The connection is gone, or could not be had. */
        void lost(String reason);

        /** The user itself has failed on what it was told last. */
        void failed(Throwable fault);
    }

    /** Opens a connection. */
    static TargetLink open(Links links, Target target, int timeoutMillis, User user) {
        TargetLink opened = new TargetLink(target, user);
        opened.link = links.open(target.host(), target.portNumber(), timeoutMillis, opened);
        return opened;
    }

    Target target() {
        return target;
    }

    /** Gives the connection to another transfer, or with null to nobody. */
    void user(User next) {
        user = next;
    }

    /** The database that is selected at the target, or {@link #NONE}. */
    long selectedDb() {
        return selectedDb;
    }

    void selectedDb(long db) {
        selectedDb = db;
    }

    long idleSinceMillis() {
        return idleSinceMillis;
    }

    void idleSince(long unixMillis) {
        idleSinceMillis = unixMillis;
    }

    /** Sends bytes, which must not change any more. */
    void send(byte[] content) {
        givenBytes += content.length;
        link.send(content);
    }

    /** Bytes that the operating system has not taken yet. */
    long pendingBytes() {
        return link.pendingBytes();
    }

    /** Bytes that it has taken, roughly; a number that grows is progress. */
    long sentBytes() {
        return givenBytes - link.pendingBytes();
    }

    boolean isOpen() {
        return open;
    }

    /** Whether the connection is there and no answer has begun. */
    boolean isIdle() {
        return open && line.size() == 0;
    }

    /** Closes at once; the user hears nothing more. */
    void close() {
        open = false;
        user = null;
        link.close();
    }

    @Override
    public void connected() {
        if (user != null) {
            guarded(user, user::connected);
        }
    }

    @Override
    public void received(Bytes content) {
        User hearing = user;
        if (hearing == null) {
            // Nobody has asked for anything, so what comes would be taken for a later answer.
            end("it spoke unasked");
            return;
        }
        guarded(hearing, () -> take(content, hearing));
    }

    @SuppressWarnings("ReferenceEquality") // A user is one object.
    private void take(Bytes content, User hearing) {
        for (int i = 0; i < content.length() && user == hearing; i++) {
            byte letter = content.byteAt(i);
            if (letter == '\n') {
                String answer = line.toString(StandardCharsets.UTF_8);
                line.reset();
                hearing.answered(answer.endsWith("\r") ? strip(answer) : answer);
            } else if (line.size() < LINE_BYTES_MAX) {
                line.write(letter);
            } else {
                end("its answer has no end");
            }
        }
        if (user == hearing) {
            hearing.answersEnd();
        }
    }

    private static String strip(String answer) {
        return answer.substring(0, answer.length() - 1);
    }

    private void end(String reason) {
        User hearing = user;
        close();
        if (hearing != null) {
            hearing.lost(reason);
        }
    }

    @Override
    public void closed(String reason) {
        open = false;
        User hearing = user;
        user = null;
        if (hearing != null) {
            guarded(hearing, () -> hearing.lost(reason));
        }
    }

    /** Whatever goes wrong in a turn, somebody waits for an answer. */
    static void guarded(User user, Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException | Error e) {
            LOG.error("A transfer to another server failed", e);
            user.failed(e);
        }
    }
}
