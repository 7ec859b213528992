// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

/** Why a rule is refused, in Valkey's words. It has no stack trace. */
public final class RuleError extends Exception {
    private static final long serialVersionUID = 1L;

    static final RuleError SYNTAX = new RuleError("Syntax error");
    static final RuleError UNKNOWN_NAME = new RuleError("Unknown command or category name in ACL");
    static final RuleError AFTER_ALL_KEYS =
            new RuleError(
                    "Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid"
                            + " and does not have any effect. Try 'resetkeys' to start with an"
                            + " empty list of patterns");
    static final RuleError AFTER_ALL_CHANNELS =
            new RuleError(
                    "Adding a pattern after the * pattern (or the 'allchannels' flag) is not"
                            + " valid and does not have any effect. Try 'resetchannels' to start"
                            + " with an empty list of channels");
    static final RuleError NO_SUCH_PASSWORD =
            new RuleError("The password you are trying to remove from the user does not exist");
    static final RuleError BAD_HASH =
            new RuleError(
                    "The password hash must be exactly 64 characters and contain only lowercase"
                            + " hexadecimal characters");
    static final RuleError FIRST_ARGUMENT_OF_PART =
            new RuleError("Allowing first-arg of a subcommand is not supported");
    static final RuleError DATABASE_OUT_OF_RANGE =
            new RuleError("The provided database ID is out of range");

    private RuleError(String text) {
        super(text, null, false, false);
    }

    /** Whether the rule names what does not exist, which may be there once plugins are. */
    boolean isUnknownName() {
        return this == UNKNOWN_NAME;
    }
}
