// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a primary has answered to {@code PSYNC}.
 *
 * @param id the history that the primary names; null when it names none
 * @param offset where its data stands, with {@link Kind#FULL}; -1 when it does not say
 * @param line the answer itself, for the log
 */
record PsyncReply(Kind kind, String id, long offset, String line) {
    /** What is to be done. */
    enum Kind {
        /** All data follows. */
        FULL,
        /** The stream follows. */
        CONTINUE,
        /** All data is to be had over a second connection. */
        DUAL_CHANNEL,
        /** The primary cannot now. */
        LATER,
        /** The primary does not know the command, or cannot otherwise. */
        NOT_SUPPORTED
    }

    private static final Pattern FULL = Pattern.compile("\\+FULLRESYNC ([^ ]{40}) (-?\\d{1,19}).*");
    private static final Pattern CONTINUED = Pattern.compile("\\+CONTINUE ([^ ]{40})");

    static PsyncReply of(String line) {
        if (line.startsWith("+FULLRESYNC")) {
            return full(line);
        }
        if (line.startsWith("+CONTINUE")) {
            Matcher named = CONTINUED.matcher(line);
            return new PsyncReply(Kind.CONTINUE, named.matches() ? named.group(1) : null, -1, line);
        }
        if (line.startsWith("+DUALCHANNELSYNC")) {
            return new PsyncReply(Kind.DUAL_CHANNEL, null, -1, line);
        }
        boolean later = line.startsWith("-NOMASTERLINK") || line.startsWith("-LOADING");
        return new PsyncReply(later ? Kind.LATER : Kind.NOT_SUPPORTED, null, -1, line);
    }

    private static PsyncReply full(String line) {
        Matcher parts = FULL.matcher(line);
        if (parts.matches()) {
            try {
                long offset = Long.parseLong(parts.group(2));
                return new PsyncReply(Kind.FULL, parts.group(1), offset, line);
            } catch (NumberFormatException tooLarge) {
                // No better than an answer without any number.
            }
        }
        return new PsyncReply(Kind.FULL, null, -1, line);
    }
}
