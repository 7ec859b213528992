// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

/**
 * Why somebody is refused. When the selectors of a user refuse for different reasons, the last one
 * in this order is told. Any thread.
 */
public enum Denial {
    /** A database that is not the user's. */
    DATABASE("database"),
    /** A command that the user may not run. */
    COMMAND("command"),
    /** A key that the user may not use, or not like this. */
    KEY("key"),
    /** Not who he says that he is. */
    AUTH("auth"),
    /** A channel that the user may not use. */
    CHANNEL("channel"),
    /** A certificate that names nobody who may come in. */
    CERTIFICATE("tls-cert");

    private final String word;

    Denial(String word) {
        this.word = word;
    }

    /** The word in {@code ACL LOG}. */
    public String word() {
        return word;
    }
}
