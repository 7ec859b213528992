// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

/**
 * A user error: its text is the error reply. It has no stack trace, so throwing a constant costs
 * next to nothing. The texts of the constants are Valkey's, because clients match on them.
 *
 * <p>A text whose characters are all below 256 is sent as a byte for each, so that an argument that
 * it quotes by {@link dev.sigrun.spi.Bytes#text()} comes back as it was; any other goes in UTF-8.
 */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The key holds another type. */
    public static final CommandException WRONG_TYPE =
            new CommandException(
                    "WRONGTYPE", "Operation against a key holding the wrong kind of value");

    /** The arguments do not follow the command's syntax. */
    public static final CommandException SYNTAX = of("syntax error");

    /** An argument should be a signed 64-bit integer. */
    public static final CommandException NOT_AN_INTEGER =
            of("value is not an integer or out of range");

    /** An argument should be a floating-point number. */
    public static final CommandException NOT_A_FLOAT = of("value is not a valid float");

    /** An argument is a number outside of what the command takes. */
    public static final CommandException OUT_OF_RANGE = of("value is out of range");

    /** The key does not exist and the command needs it. */
    public static final CommandException NO_SUCH_KEY = of("no such key");

    /** A string would grow past {@code proto-max-bulk-len}. */
    public static final CommandException STRING_TOO_LONG =
            of("string exceeds maximum allowed size (proto-max-bulk-len)");

    /** First word of the reply, for example {@code ERR}. */
    private final String code;

    /**
     * Makes an error reply with a code of its own.
     *
     * @param code the first word of the reply, in capitals
     * @param text the rest of the reply; may be empty
     */
    public CommandException(String code, String text) {
        super(text.isEmpty() ? code : code + " " + text, null, false, false);
        this.code = code;
    }

    /**
     * Makes an error reply with the general code {@code ERR}.
     *
     * @param text the reply after the code
     */
    public static CommandException of(String text) {
        return new CommandException("ERR", text);
    }

    /** The first word of the reply. */
    public String code() {
        return code;
    }
}
