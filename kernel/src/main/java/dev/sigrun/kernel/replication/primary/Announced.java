// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.primary;

/** What a replica has said of itself by {@code REPLCONF}. Owner thread only. */
final class Announced {
    /** The RDB version that replicas understand which do not say their version: that of 7.2. */
    private static final int RDB_VERSION_OLD = 11;

    private static final int RDB_VERSION_NEW = 80;
    private static final int SERVER_VERSION_NEW = 0x090000;

    /** The address that it wants to be known by; null for that of its connection. */
    String host;

    /** The port that it listens on; 0 when it has not said. */
    int port;

    /** Whether it finds the end of a snapshot whose length is not said before. */
    boolean endsByMark;

    /** Whether it takes the name of another history when it goes on with its own. */
    boolean takesNewId;

    /** Whether it can get snapshot and stream by two connections. */
    boolean isDualChannel;

    /** Whether it does without the checksum where the connection has one. */
    boolean skipsChecksum;

    /** The version of its server, a byte for each part; 0 when it has not said. */
    int version;

    /** Whether it wants a snapshot and no stream behind it. */
    boolean snapshotOnly;

    /** Whether the snapshot is to be without keys. */
    boolean withoutKeys;

    /** Whether the snapshot is to be without functions. */
    boolean withoutFunctions;

    /** Whether this is the connection for the snapshot, and the stream goes by another. */
    boolean isSnapshotChannel;

    /** Id of the client by which the same replica gets its snapshot; 0 for none. */
    long snapshotClient;

    /** The version of the format that its snapshot has. */
    int rdbVersion() {
        // A file may be used for others as well, so it is never an old one.
        return !endsByMark || version >= SERVER_VERSION_NEW ? RDB_VERSION_NEW : RDB_VERSION_OLD;
    }

    /** Whether a part of the data is to be left out. */
    boolean isFiltered() {
        return withoutKeys || withoutFunctions;
    }

    /** Whether one snapshot does for both. */
    boolean wantsSame(Announced other) {
        return withoutKeys == other.withoutKeys
                && withoutFunctions == other.withoutFunctions
                && isSnapshotChannel == other.isSnapshotChannel;
    }

    /** Whether it can do everything that another one can. */
    boolean canWhat(Announced other) {
        return (endsByMark || !other.endsByMark)
                && (takesNewId || !other.takesNewId)
                && (isDualChannel || !other.isDualChannel)
                && (skipsChecksum || !other.skipsChecksum);
    }

    /**
     * A version such as {@code 9.1.2} as a number, a byte for each part.
     *
     * @return -1 when it is none
     */
    static int version(String text) {
        int number = 0;
        int parts = 0;
        for (String part : text.split("\\.", -1)) {
            if (parts == 3 || part.isEmpty() || part.length() > 3) {
                return -1;
            }
            int value = 0;
            for (int i = 0; i < part.length(); i++) {
                char digit = part.charAt(i);
                if (digit < '0' || digit > '9') {
                    return -1;
                }
                value = value * 10 + digit - '0';
            }
            if (value > 255) {
                return -1;
            }
            number = number << 8 | value;
            parts++;
        }
        return parts == 3 ? number : -1;
    }
}
