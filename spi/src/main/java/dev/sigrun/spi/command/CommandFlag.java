// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi.command;

import java.util.Locale;

/**
 * A property of a command, under the names that {@code COMMAND INFO} shows. More may be added, so
 * switch with a default.
 */
public enum CommandFlag {
    /** May change data. */
    WRITE,
    /** Only reads data. */
    READONLY,
    /** Refused when memory is exhausted. */
    DENYOOM,
    /** An administrator's command. */
    ADMIN,
    /** Publish and subscribe. */
    PUBSUB,
    /** Not callable from scripts. */
    NOSCRIPT,
    /** May block the client. */
    BLOCKING,
    /** Allowed while data is being loaded. */
    LOADING,
    /** Allowed on a replica with stale data. */
    STALE,
    /** Not shown to monitoring clients. */
    SKIP_MONITOR,
    /** Not kept in the log of slow commands. */
    SKIP_COMMANDLOG,
    /** Runs in constant or logarithmic time. */
    FAST,
    /** Allowed before authentication. */
    NO_AUTH,
    /** May replicate although it is not a write command. */
    MAY_REPLICATE,
    /** Not accepted while a transaction is being queued. */
    NO_MULTI,
    /** Makes sense without any key, although it takes keys. */
    NO_MANDATORY_KEYS,
    /** Its key positions cannot be told from the key specifications alone. */
    MOVABLEKEYS,
    /** Allowed while an asynchronous loading is in progress. */
    NO_ASYNC_LOADING,
    /** A key argument need not exist on the node in a cluster redirect. */
    ALLOW_BUSY,
    /** Touches arbitrary keys although it names none. */
    TOUCHES_ARBITRARY_KEYS,
    /** Needs permission for all databases. */
    ALL_DBS;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in {@code COMMAND INFO}. */
    public String wireName() {
        return wireName;
    }
}
