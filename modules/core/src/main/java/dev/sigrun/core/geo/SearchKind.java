// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.geo;

/** The six commands that search, and in what their arguments differ. Any thread. */
enum SearchKind {
    /** Around coordinates; may store. */
    GEORADIUS(1, 6, true),
    /** Around coordinates. */
    GEORADIUS_RO(1, 6, false),
    /** Around a member; may store. */
    GEORADIUSBYMEMBER(1, 5, true),
    /** Around a member. */
    GEORADIUSBYMEMBER_RO(1, 5, false),
    /** In an area of any shape. */
    GEOSEARCH(1, 2, false),
    /** In an area of any shape; stores. */
    GEOSEARCHSTORE(2, 3, false);

    private final int source;
    private final int firstOption;
    private final boolean storeOption;

    SearchKind(int source, int firstOption, boolean storeOption) {
        this.source = source;
        this.firstOption = firstOption;
        this.storeOption = storeOption;
    }

    /** Position of the key that is searched. */
    int source() {
        return source;
    }

    /** Position of the first optional argument. */
    int firstOption() {
        return firstOption;
    }

    /** Whether STORE and STOREDIST name a key to store at. */
    boolean hasStoreOption() {
        return storeOption;
    }

    /** Whether the area is given by options. */
    boolean hasAreaOptions() {
        return this == GEOSEARCH || this == GEOSEARCHSTORE;
    }

    /** Whether the area is a circle around a member. */
    boolean isAroundMember() {
        return this == GEORADIUSBYMEMBER || this == GEORADIUSBYMEMBER_RO;
    }
}
