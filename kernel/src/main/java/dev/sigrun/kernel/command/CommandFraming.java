// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What stands between the commands of a stream or a file: which database they are for, and which of
 * them belong together. It is written only when it is needed. Owner thread only.
 */
public final class CommandFraming {
    private static final byte[] MULTI = ascii("*1\r\n$5\r\nMULTI\r\n");
    private static final byte[] EXEC = ascii("*1\r\n$4\r\nEXEC\r\n");
    private static final int NO_DB = -1;

    private final Consumer<byte[]> out;
    private int db = NO_DB;
    private boolean blockIsDue;
    private boolean inBlock;

    /**
     * Nothing was written yet.
     *
     * @param out takes what is to be written
     */
    public CommandFraming(Consumer<byte[]> out) {
        this.out = out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The database that the commands are for; -1 when the next one will say. */
    public int db() {
        return db;
    }

    /** The next command says which database it is for, since somebody reads from there on. */
    public void forgetDatabase() {
        db = NO_DB;
    }

    /** Whether what is written now belongs together. */
    public boolean isInBlock() {
        return inBlock;
    }

    /** Writes what has to stand before a command for a database. */
    public void before(int forDb) {
        if (blockIsDue) {
            blockIsDue = false;
            inBlock = true;
            out.accept(MULTI);
        }
        if (db != forDb) {
            String digits = Integer.toString(forDb);
            out.accept(
                    ascii("*2\r\n$6\r\nSELECT\r\n$" + digits.length() + "\r\n" + digits + "\r\n"));
            db = forDb;
        }
    }

    /** What comes until {@link #blockEnds} belongs together, if anything comes. */
    public void blockBegins() {
        blockIsDue = true;
    }

    /**
     * The block is complete.
     *
     * @return whether something of it was written, and so its end, too
     */
    public boolean blockEnds() {
        blockIsDue = false;
        if (!inBlock) {
            return false;
        }
        inBlock = false;
        out.accept(EXEC);
        return true;
    }
}
