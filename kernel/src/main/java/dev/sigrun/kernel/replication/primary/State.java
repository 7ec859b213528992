// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

/** How far a replica is, with the words that {@code INFO} has for it. */
enum State {
    /** Only known by what it has said. */
    NONE(""),
    /** Waits for a snapshot to be begun. */
    WAIT_SNAPSHOT("wait_bgsave"),
    /** A snapshot that is for it is being written. */
    SNAPSHOT("wait_bgsave"),
    /** Gets the file of a snapshot. */
    SEND_FILE("send_bulk"),
    /** Has all data, and gets the stream. */
    ONLINE("online"),
    /** Has its snapshot and wants nothing more. */
    SNAPSHOT_SENT("rdb_transmitted"),
    /** Gets the stream by this connection, and still a snapshot by another one. */
    LOADING("bg_transfer");

    private final String text;

    State(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
