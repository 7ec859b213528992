// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said over the main connection before data or the stream comes: lines in, requests out.
 * Owner thread only.
 */
final class Handshake {
    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    /** Whose answer comes next. */
    private enum Step {
        PING,
        AUTH,
        PORT,
        ADDRESS,
        CAPABILITIES,
        VERSION,
        /** Of the request that says which data the other connection has brought. */
        IDENTITY,
        PSYNC
    }

    private final Introduction introduction;
    private final Supplier<byte[]> psync;
    private final Consumer<byte[]> out;
    private Step step = Step.PING;
    private PsyncReply reply;

    /**
     * Prepares one.
     *
     * @param psync what to ask for, once everything else is said
     * @param out sends
     */
    Handshake(Introduction introduction, Supplier<byte[]> psync, Consumer<byte[]> out) {
        this.introduction = introduction;
        this.psync = psync;
        this.out = out;
    }

    /** The connection is there. */
    void begin() {
        LOG.info("Non blocking connect for SYNC fired the event.");
        out.accept(Requests.of("PING"));
    }

    /** The other connection is about to bring the data, and the stream behind it is wanted here. */
    void beginAgain(String rdbClientId) {
        reply = null;
        step = Step.IDENTITY;
        out.accept(Requests.of("REPLCONF", "set-rdb-client-id", rdbClientId));
    }

    /** What was answered to {@code PSYNC}; null as long as nothing was. */
    PsyncReply reply() {
        return reply;
    }

    /**
     * Takes the next line.
     *
     * @return whether to go on; otherwise the log says why not
     */
    boolean line(String line) {
        boolean isError = line.startsWith("-");
        switch (step) {
            case PING -> {
                return pinged(line);
            }
            case AUTH -> {
                if (isError) {
                    LOG.warn("Unable to AUTH to PRIMARY: {}", line);
                    return false;
                }
                step = Step.PORT;
            }
            case PORT -> {
                notUnderstood(isError, "listening-port", line);
                step = introduction.host() == null ? Step.CAPABILITIES : Step.ADDRESS;
            }
            case ADDRESS -> {
                notUnderstood(isError, "ip-address", line);
                step = Step.CAPABILITIES;
            }
            case CAPABILITIES -> {
                notUnderstood(isError, "capa", line);
                step = Step.VERSION;
            }
            case VERSION -> {
                notUnderstood(isError, "VERSION", line);
                ask();
            }
            case IDENTITY -> {
                if (isError) {
                    LOG.info(
                            "Dual channel replication: Primary does not understand REPLCONF"
                                    + " identify: {}",
                            line);
                    return false;
                }
                ask();
            }
            default -> {
                // A primary that needs long to decide keeps the connection alive with empty lines.
                if (!line.isEmpty()) {
                    reply = PsyncReply.of(line);
                }
            }
        }
        return true;
    }

    private boolean pinged(String line) {
        boolean isAlive =
                line.startsWith("+")
                        || line.startsWith("-NOAUTH")
                        || line.startsWith("-NOPERM")
                        || line.startsWith("-ERR operation not permitted");
        if (!isAlive) {
            LOG.warn("Error reply to PING from primary: '{}'", line);
            return false;
        }
        LOG.info("Primary replied to PING, replication can continue...");
        introduce();
        return true;
    }

    private void introduce() {
        step = Step.PORT;
        if (introduction.password() != null) {
            step = Step.AUTH;
            out.accept(Requests.auth(introduction.user(), introduction.password()));
        }
        String port = Integer.toString(introduction.port());
        out.accept(Requests.of("REPLCONF", "listening-port", port));
        if (introduction.host() != null) {
            out.accept(Requests.of("REPLCONF", "ip-address", introduction.host()));
        }
        out.accept(Requests.of(capabilities()));
        out.accept(Requests.of("REPLCONF", "version", introduction.version()));
    }

    private String[] capabilities() {
        StringBuilder words = new StringBuilder("REPLCONF capa eof capa psync2");
        if (introduction.skipsChecksum()) {
            words.append(" capa skip-rdb-checksum");
        }
        if (introduction.dualChannel()) {
            words.append(" capa dual-channel");
        }
        return words.toString().split(" ", -1);
    }

    private static void notUnderstood(boolean isError, String what, String line) {
        if (isError) {
            LOG.info("(Non critical) Primary does not understand REPLCONF {}: {}", what, line);
        }
    }

    private void ask() {
        step = Step.PSYNC;
        out.accept(psync.get());
    }
}
