// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import dev.sigrun.spi.ForKernel;
import dev.sigrun.spi.key.Key;
import dev.sigrun.spi.key.Keyspace;
import dev.sigrun.spi.replication.Replication;
import dev.sigrun.spi.reply.ReplyWriter;
import java.util.random.RandomGenerator;

/**
 * Everything a handler may use for one command. Lent: valid until the handler returns, on the owner
 * alone. All effects go through here, so the same plugin runs under a virtual clock.
 */
@ForKernel
public interface CommandContext {
    /** The arguments. */
    Args args();

    /** Where the reply goes. */
    ReplyWriter reply();

    /** The client on whose behalf the command runs. */
    Client client();

    /**
     * Looks up the key at an argument in order to read it: counts a hit or a miss and refreshes its
     * access time.
     *
     * @param index position of the key among the arguments
     */
    Key read(int index);

    /**
     * Looks up the key at an argument in order to change it.
     *
     * @param index position of the key among the arguments
     */
    Key write(int index);

    /** Keys by name, other databases, scans. */
    Keyspace keyspace();

    /** How the command's effect reaches replicas and the append-only file. */
    Replication replication();

    /** Milliseconds since the Unix epoch; the same for the whole command. */
    long nowMillis();

    /**
     * Whether a key that is to expire at this time goes at once. It does not where somebody else
     * says when keys go: in a command from a primary or a file, and during an import.
     *
     * @param unixMillis milliseconds since the Unix epoch
     */
    default boolean isOver(long unixMillis) {
        return unixMillis <= nowMillis() && !client().isReplicated();
    }

    /**
     * Whether the client may be made to wait. It may not in a transaction, in a script and in what
     * comes from a primary or a file; there, {@link #block} answers at once what a wait in vain
     * answers.
     */
    boolean mayBlock();

    /**
     * Makes the client wait, and the command run again when what it waits for may be there; see
     * {@link Wait}. Meanwhile nothing else of the client is executed. The handler has replied
     * nothing and changed nothing, and returns after this. The commands that call this have the
     * flag {@link CommandFlag#BLOCKING}.
     */
    void block(Wait wait);

    /**
     * Whether the client's user may read every key with this command. A command that reads keys
     * which are not among its arguments refuses when not, because nobody else can check them.
     */
    default boolean mayReadAnyKey() {
        return true;
    }

    /** The server's source of randomness; seeded in tests. */
    RandomGenerator random();

    /** The largest string a client may make, in bytes ({@code proto-max-bulk-len}). */
    long stringBytesMax();
}
