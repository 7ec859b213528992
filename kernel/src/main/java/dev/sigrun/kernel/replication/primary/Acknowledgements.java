// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Sessions;
import dev.sigrun.kernel.loop.Owner;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Clients that wait until replicas, or this server's own file, have what they wrote. Owner thread
 * only.
 */
public final class Acknowledgements {
    /** How soon is looked again whether a pause is over. */
    private static final long PAUSE_LOOK_MILLIS = 10;

    private static final CommandException NO_FILE =
            CommandException.of(
                    "WAITAOF cannot be used when numlocal is set but appendonly is disabled.");

    private final Replicas replicas;
    private final Dispatcher dispatcher;
    private final Sessions sessions;
    private final Owner owner;
    private final Set<Waiting> waits = new LinkedHashSet<>();
    private final Runnable ask = this::ask;
    private BooleanSupplier hasFile = () -> false;
    private LongSupplier fileOffset = () -> -1;
    private Consumer<Runnable> whenSynced = once -> {};
    private boolean awaitsSync;
    private boolean isAskDue;

    Acknowledgements(Replicas replicas, Dispatcher dispatcher, Owner owner) {
        this.replicas = replicas;
        this.dispatcher = dispatcher;
        this.sessions = dispatcher.sessions();
        this.owner = owner;
    }

    /**
     * Says what is known of this server's own file.
     *
     * @param isKept whether there is one
     * @param safeOffset the offset of the stream up to which it is safe on the disk
     * @param onSync calls something once, on the owner, when that has changed
     */
    public void file(BooleanSupplier isKept, LongSupplier safeOffset, Consumer<Runnable> onSync) {
        hasFile = isKept;
        fileOffset = safeOffset;
        whenSynced = onSync;
    }

    /** What a client wants to be sure of. */
    private final class Waiting implements Session.Block {
        private final Session session;
        private final long offset;
        private final long wanted;
        private final boolean wantsFile;
        private final boolean ofFiles;
        private final long deadlineMillis;

        Waiting(
                Session session,
                long offset,
                long wanted,
                boolean wantsFile,
                boolean ofFiles,
                long deadlineMillis) {
            this.session = session;
            this.offset = offset;
            this.wanted = wanted;
            this.wantsFile = wantsFile;
            this.ofFiles = ofFiles;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }

        @Override
        public void timedOut(Session of) {
            answer(dispatcher.reply());
        }

        @Override
        public void ended() {
            waits.remove(this);
        }

        boolean isSatisfied() {
            int count = ofFiles ? countSafe(offset) : countAcknowledged(offset);
            return count >= wanted && (!wantsFile || isLocallySafe());
        }

        boolean isLocallySafe() {
            return fileOffset.getAsLong() >= offset;
        }

        void answer(ReplyWriter reply) {
            if (!ofFiles) {
                reply.integer(countAcknowledged(offset));
                return;
            }
            reply.array(2);
            reply.integer(isLocallySafe() ? 1 : 0);
            reply.integer(countSafe(offset));
        }
    }

    /**
     * {@code WAIT}: answers at once when enough replicas have what a client wrote, and else makes
     * it wait.
     *
     * @param wanted how many replicas
     * @param deadlineMillis Unix milliseconds; 0 for never
     */
    public void awaitReplicas(Execution execution, long wanted, long deadlineMillis) {
        Session session = execution.session();
        await(
                execution,
                new Waiting(session, offset(session), wanted, false, false, deadlineMillis));
    }

    /**
     * {@code WAITAOF}: the same for what lies on disks.
     *
     * @param wantsFile whether this server's own file counts
     * @throws CommandException when there is no such file
     */
    public void awaitFiles(Execution execution, boolean wantsFile, long wanted, long deadlineMillis)
            throws CommandException {
        if (wantsFile && !hasFile.getAsBoolean()) {
            throw NO_FILE;
        }
        Session session = execution.session();
        await(
                execution,
                new Waiting(session, offset(session), wanted, wantsFile, true, deadlineMillis));
        if (!waits.isEmpty()) {
            awaitSync();
        }
    }

    private void awaitSync() {
        if (!awaitsSync) {
            awaitsSync = true;
            whenSynced.accept(this::synced);
        }
    }

    private void synced() {
        awaitsSync = false;
        changed();
        if (waits.stream().anyMatch(each -> each.wantsFile)) {
            awaitSync();
        }
    }

    private static long offset(Session session) {
        return session.inNameOf().writeOffset;
    }

    private void await(Execution execution, Waiting waiting) {
        if (waiting.isSatisfied() || !execution.mayBlock()) {
            waiting.answer(execution.reply());
            return;
        }
        waits.add(waiting);
        sessions.block(waiting.session, waiting);
        if (!isAskDue) {
            isAskDue = true;
            owner.execute(ask);
        }
    }

    /** Once a turn, however many wait. */
    private void ask() {
        if (dispatcher.pause().isActive(replicas.nowMillis())) {
            owner.after(PAUSE_LOOK_MILLIS, ask);
            return;
        }
        isAskDue = false;
        replicas.replication().feed().askForAcknowledgement();
    }

    /** Something was acknowledged, or is safe now; or there is no file any more. */
    public void changed() {
        if (waits.isEmpty()) {
            return;
        }
        for (Waiting waiting : List.copyOf(waits)) {
            if (waiting.wantsFile && !hasFile.getAsBoolean()) {
                sessions.unblock(waiting.session, () -> dispatcher.reply().error(NO_FILE));
            } else if (waiting.isSatisfied()) {
                sessions.unblock(waiting.session, () -> waiting.answer(dispatcher.reply()));
            }
        }
    }

    /** How many have acknowledged the stream up to an offset. */
    private int countAcknowledged(long offset) {
        List<Replica> all = replicas.all();
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(i);
            if (replica.state() == State.ONLINE && replica.ackOffset >= offset) {
                count++;
            }
        }
        return count;
    }

    /** How many have the stream up to an offset safe on their disks. */
    private int countSafe(long offset) {
        List<Replica> all = replicas.all();
        int count = 0;
        for (int i = 0; i < all.size(); i++) {
            Replica replica = all.get(i);
            if (replica.state() == State.ONLINE && replica.fileOffset >= offset) {
                count++;
            }
        }
        return count;
    }
}
