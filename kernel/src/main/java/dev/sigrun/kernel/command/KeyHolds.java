// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.store.Store;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.command.CommandFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys that are on their way to another server: their content has been sent, and nobody has said
 * yet that it has arrived. Owner thread only.
 *
 * <p>Whoever wants to change such a key is made to wait, as all of Valkey waits meanwhile, and the
 * command runs as if it had come later. Only what names its keys can be stopped by that; what
 * changes a key in another way (a queued transaction, a script that does not declare its keys,
 * {@code FLUSHALL}, {@code SWAPDB}) goes on, and the hold remembers that it did. So a hold alone
 * makes changes rare, and {@link Hold#isModified()} makes losing one impossible.
 *
 * <p>While there are no holds, all of this costs one comparison a command and one a change.
 */
public final class KeyHolds {
    private static final int CHAINS = 256;

    private final Store store;
    private final Sessions sessions;
    private final KeyPositions positions = new KeyPositions();
    private final Hold[] chains = new Hold[CHAINS];
    private int count;
    private long swaps;

    KeyHolds(Store store, Sessions sessions) {
        this.store = store;
        this.sessions = sessions;
    }

    /** One key that is on its way. */
    public static final class Hold {
        private final int db;
        private final long hash;
        private final Bytes name;
        private final List<Waiting> waiting = new ArrayList<>();
        private Hold next;
        private boolean modified;
        private boolean leaving;

        private Hold(int db, long hash, Bytes name) {
            this.db = db;
            this.hash = hash;
            this.name = name;
        }

        /**
         * Whether somebody changed the key since, in whatever way. That it went because its time
         * had come, or because memory was short, takes nobody's change away and does not count.
         */
        public boolean isModified() {
            return modified;
        }

        private boolean isAbout(int otherDb, long otherHash, long address, int length) {
            return hash == otherHash
                    && db == otherDb
                    && length == name.length()
                    && Memory.equal(name.address(), address, length);
        }
    }

    /** A session whose next command waits for the end of a hold. */
    private record Waiting(Session session, HeldBlock block) {}

    /** What such a session is blocked by; it is postponed, and has not begun. */
    private static final class HeldBlock implements Session.Block {
        @Override
        public long deadlineMillis() {
            return 0;
        }

        @Override
        public void timedOut(Session session) {
            // The command was not executed, so there is nothing to reply: it simply runs now.
        }

        @Override
        public boolean isCommand() {
            return false;
        }
    }

    /** Whether any key is held. */
    boolean isAny() {
        return count > 0;
    }

    /**
     * Holds a key that nobody holds yet.
     *
     * @param name must stay valid until {@link #release}
     */
    public Hold hold(int db, Bytes name) {
        Hold hold = new Hold(db, store.hash(name.address(), name.length()), name);
        int chain = chain(hold.hash);
        hold.next = chains[chain];
        chains[chain] = hold;
        count++;
        return hold;
    }

    /** Whether a key is held. */
    public boolean isHeld(int db, Bytes name) {
        return find(db, name.address(), name.length()) != null;
    }

    /** Ends a hold; who waited for it goes on in later turns of the owner. */
    public void release(Hold hold) {
        int chain = chain(hold.hash);
        if (chains[chain] == hold) {
            chains[chain] = hold.next;
        } else {
            Hold before = chains[chain];
            while (before.next != hold) {
                before = before.next;
            }
            before.next = hold.next;
        }
        count--;
        for (Waiting waiting : hold.waiting) {
            // The end of a pause may have let it go on already, into another wait.
            if (waiting.session.block() == waiting.block) {
                sessions.unblock(waiting.session, () -> {});
            }
        }
    }

    private static int chain(long hash) {
        return (int) hash & CHAINS - 1;
    }

    private Hold find(int db, long address, int length) {
        if (count == 0) {
            return null;
        }
        long hash = store.hash(address, length);
        Hold hold = chains[chain(hash)];
        while (hold != null && !hold.isAbout(db, hash, address, length)) {
            hold = hold.next;
        }
        return hold;
    }

    /** Makes a session wait when its command may change a key that is held. */
    boolean stops(Session session, Command command, ArgsView args) {
        if (session.isReplicated()
                || command.spec().flags().contains(CommandFlag.READONLY)
                || !KeyPositions.mayExist(command.spec())
                || !positions.find(command.spec(), args, false)) {
            return false;
        }
        for (int i = 0; i < positions.count(); i++) {
            int at = positions.position(i);
            Hold hold = find(session.db(), args.address(at), args.length(at));
            if (hold != null) {
                HeldBlock block = new HeldBlock();
                hold.waiting.add(new Waiting(session, block));
                sessions.block(session, block);
                return true;
            }
        }
        return false;
    }

    /** A key was changed. */
    public void modified(int db, Bytes key) {
        Hold hold = find(db, key.address(), key.length());
        if (hold != null) {
            // The store tells of a key that leaves twice: that it does, and that it has changed.
            hold.modified |= !hold.leaving;
            hold.leaving = false;
        }
    }

    /** A key is about to go because its time has come or memory is short. */
    public void leaving(int db, Bytes key) {
        Hold hold = find(db, key.address(), key.length());
        if (hold != null) {
            hold.leaving = true;
        }
    }

    /** Two databases have exchanged their content, so that names stand for other keys now. */
    public void swapped(int one, int other) {
        swaps++;
        flushed(one);
        flushed(other);
    }

    /** How often databases have exchanged their content. */
    public long swaps() {
        return swaps;
    }

    /** All keys of a database are gone. */
    public void flushed(int db) {
        for (int i = 0; i < CHAINS && count > 0; i++) {
            for (Hold hold = chains[i]; hold != null; hold = hold.next) {
                hold.modified |= hold.db == db;
            }
        }
    }
}
