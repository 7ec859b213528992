// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said over the second connection, which brings nothing but data: lines in, requests out.
 * Owner thread only.
 */
final class RdbHandshake {
    private static final Logger LOG = LoggerFactory.getLogger(RdbHandshake.class);
    private static final String PREFIX = "Dual channel replication: ";
    private static final Pattern END =
            Pattern.compile("\\$ENDOFF:(\\d{1,18}) ([^ ]{40}) (-?\\d{1,9}) (\\d{1,20})");

    /**
     * Where the data stands that is about to come.
     *
     * @param offset the stream's offset at the data's cut
     * @param id the history
     * @param db the database that the stream has selected there; -1 for none
     * @param clientId by which the primary knows this connection
     */
    record EndOffset(long offset, String id, int db, String clientId) {}

    /** Whose answer comes next. */
    private enum Step {
        AUTH,
        REPLCONF,
        ADDRESS,
        END_OFFSET
    }

    private final Introduction introduction;
    private final Consumer<byte[]> out;
    private Step step = Step.REPLCONF;
    private EndOffset end;

    RdbHandshake(Introduction introduction, Consumer<byte[]> out) {
        this.introduction = introduction;
        this.out = out;
    }

    /** The connection is there. */
    void begin() {
        if (introduction.password() != null) {
            step = Step.AUTH;
            out.accept(Requests.auth(introduction.user(), introduction.password()));
        }
        out.accept(
                Requests.of(
                        "REPLCONF",
                        "capa",
                        "eof",
                        "rdb-only",
                        "1",
                        "rdb-channel",
                        "1",
                        "listening-port",
                        Integer.toString(introduction.port()),
                        "version",
                        introduction.version()));
        if (introduction.host() != null) {
            out.accept(Requests.of("REPLCONF", "ip-address", introduction.host()));
        }
    }

    /** Where the data stands; null as long as the primary has not said so. */
    EndOffset end() {
        return end;
    }

    /**
     * Takes the next line.
     *
     * @return whether to go on; otherwise the log says why not
     */
    boolean line(String line) {
        boolean isError = line.startsWith("-");
        switch (step) {
            case AUTH -> {
                if (isError) {
                    LOG.warn(PREFIX + "Unable to AUTH to Primary: {}", line);
                    return false;
                }
                step = Step.REPLCONF;
            }
            case REPLCONF -> {
                if (isError) {
                    LOG.info(
                            PREFIX
                                    + "Server does not support sync with offset, dual channel sync"
                                    + " approach cannot be used: {}",
                            line);
                    return false;
                }
                if (introduction.host() == null) {
                    ask();
                } else {
                    step = Step.ADDRESS;
                }
            }
            case ADDRESS -> {
                if (isError) {
                    LOG.warn(PREFIX + "Primary rejected REPLCONF ip-address: {}", line);
                    return false;
                }
                ask();
            }
            default -> {
                return line.isEmpty() || ended(line);
            }
        }
        return true;
    }

    private void ask() {
        step = Step.END_OFFSET;
        out.accept(Requests.SYNC);
    }

    private boolean ended(String line) {
        Matcher parts = END.matcher(line);
        if (!parts.matches()) {
            LOG.warn(PREFIX + "Received unexpected $ENDOFF response: {}", line);
            return false;
        }
        end =
                new EndOffset(
                        Long.parseLong(parts.group(1)),
                        parts.group(2),
                        Integer.parseInt(parts.group(3)),
                        parts.group(4));
        return true;
    }
}
