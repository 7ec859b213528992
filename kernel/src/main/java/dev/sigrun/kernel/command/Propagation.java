// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.memory.Memory;

/**
 * Takes the effects of commands on their way to replicas and the append-only file. Owner thread
 * only.
 */
public interface Propagation {
    /** To the append-only file. */
    int FILE = 1;

    /** To replicas. */
    int REPLICAS = 2;

    /** To everybody. */
    int ALL = FILE | REPLICAS;

    /** Nobody listens. */
    Propagation NONE =
            new Propagation() {
                @Override
                public boolean isActive() {
                    return false;
                }

                @Override
                public void feed(int db, byte[] command) {}
            };

    /** Whether anybody listens; when not, commands are not even encoded. */
    boolean isActive();

    /**
     * Takes one command.
     *
     * @param db database that it applies to
     * @param command the command as a client would send it
     */
    void feed(int db, byte[] command);

    /**
     * Takes one command that only some are to hear of.
     *
     * @param targets some of {@link #FILE} and {@link #REPLICAS}
     */
    default void feed(int db, byte[] command, int targets) {
        if (targets != 0) {
            feed(db, command);
        }
    }

    /**
     * Takes one command that is off the heap, lent until this returns.
     *
     * @param targets some of {@link #FILE} and {@link #REPLICAS}
     */
    default void feed(int db, long address, int length, int targets) {
        byte[] command = new byte[length];
        Memory.copy(address, command, 0, length);
        feed(db, command, targets);
    }

    /**
     * The commands until {@link #blockEnds} belong together, as between {@code MULTI} and {@code
     * EXEC}: who applies them applies all of them or none.
     */
    default void blockBegins() {}

    /** Offset of the last byte of the stream of changes. */
    default long offset() {
        return 0;
    }

    /** A change was not taken since nobody listens; it counts all the same. */
    default void unheard() {}

    /** The block is complete. */
    default void blockEnds() {}
}
