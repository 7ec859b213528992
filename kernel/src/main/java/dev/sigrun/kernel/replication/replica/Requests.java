// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What a replica says to its primary. Any thread. */
final class Requests {
    private static final byte[] LINE_END = {'\r', '\n'};

    /** Shows the primary that this side is alive, outside of any command. */
    static final byte[] NEWLINE = {'\n'};

    /** Asks for all data, in the words of those who know nothing else. */
    static final byte[] SYNC = ascii("SYNC\r\n");

    private Requests() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A command of words. */
    static byte[] of(String... words) {
        byte[][] arguments = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            arguments[i] = ascii(words[i]);
        }
        return of(arguments);
    }

    /** A command of bytes of any kind. */
    static byte[] of(byte[]... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("*" + arguments.length));
        out.writeBytes(LINE_END);
        for (byte[] argument : arguments) {
            out.writeBytes(ascii("$" + argument.length));
            out.writeBytes(LINE_END);
            out.writeBytes(argument);
            out.writeBytes(LINE_END);
        }
        return out.toByteArray();
    }

    /** Logs in. */
    static byte[] auth(String user, byte[] password) {
        return user == null
                ? of(ascii("AUTH"), password)
                : of(ascii("AUTH"), ascii(user), password);
    }

    /**
     * Acknowledges the stream.
     *
     * @param syncedOffset up to where it is safe in a file; -1 when nothing is kept in one
     */
    static byte[] ack(long offset, long syncedOffset) {
        return syncedOffset < 0
                ? of("REPLCONF", "ACK", Long.toString(offset))
                : of("REPLCONF", "ACK", Long.toString(offset), "FACK", Long.toString(syncedOffset));
    }

    /**
     * Asks for the stream.
     *
     * @param id the history; {@code ?} when there is none
     * @param offset of the first byte that is wanted
     * @param takeOver whether the one that is asked should become the primary
     */
    static byte[] psync(String id, long offset, boolean takeOver) {
        String wanted = Long.toString(offset);
        return takeOver ? of("PSYNC", id, wanted, "FAILOVER") : of("PSYNC", id, wanted);
    }
}
