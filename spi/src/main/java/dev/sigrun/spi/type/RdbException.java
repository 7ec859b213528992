// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.type;

/** Serialised data that cannot be read, or cannot be written. */
public final class RdbException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. More may be added. */
    public enum Reason {
        /** Truncated, contradictory or out of bounds. */
        CORRUPT,
        /** Written by a newer version. */
        TOO_NEW,
        /** Written by a version that is no longer read. */
        TOO_OLD,
        /** A type or an encoding that nobody here knows. */
        UNKNOWN_TYPE,
        /** A type that may mean another one to the product that wrote it. */
        FOREIGN_TYPE,
        /** The version or the checksum of the whole payload is wrong. */
        CHECKSUM
    }

    private final Reason reason;

    /**
     * Makes an exception; without a stack trace, since hostile input must be cheap to refuse.
     *
     * @param message a sentence for the log
     */
    public RdbException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /**
     * Damaged input.
     *
     * @param message a sentence for the log
     */
    public static RdbException corrupt(String message) {
        return new RdbException(Reason.CORRUPT, message);
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
