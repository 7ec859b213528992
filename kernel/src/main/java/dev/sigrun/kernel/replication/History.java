// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication;

/**
 * Which history of changes the data stands in, and how far. A history is named by forty hexadecimal
 * digits; an offset counts the bytes of its stream, so that the first byte of all has the offset 1.
 * A server that takes over from its primary begins a new history but can still continue the old one
 * for those who were not further than itself: that is what the second id is for. Owner thread only.
 */
public final class History {
    /** The second id of a server that has only one. */
    public static final String NO_ID = "0".repeat(40);

    private String id;
    private String secondId = NO_ID;
    private long secondOffset = -1;
    private long offset;

    /** Begins one at offset 0. */
    public History(String id) {
        this.id = id;
    }

    /** Name of the history, forty hexadecimal digits. */
    public String id() {
        return id;
    }

    /** Name of the history before this one; {@link #NO_ID} for none. */
    public String secondId() {
        return secondId;
    }

    /**
     * The first offset at which the history before this one may differ from this one, which is the
     * last one that somebody who follows it may ask for; -1 when there is none.
     */
    public long secondOffset() {
        return secondOffset;
    }

    /** Offset of the last byte of the stream; the next byte is the one behind it. */
    public long offset() {
        return offset;
    }

    /** Bytes were added to the stream. */
    public void advance(long bytes) {
        offset += bytes;
    }

    /** Another history begins where this one is, which nobody can continue. */
    public void fresh(String newId) {
        id = newId;
        forgetSecond();
    }

    /**
     * Another history begins where this one is, and both are the same up to here: after a failover,
     * on the server that took over and on those that follow it.
     */
    public void shift(String newId) {
        secondId = id;
        secondOffset = offset + 1;
        id = newId;
    }

    /** The data is that of another server, as after a full synchronisation. */
    public void adopt(String newId, long newOffset) {
        id = newId;
        offset = newOffset;
        forgetSecond();
    }

    /**
     * The data was loaded from a file that says where it stood. What has been added to the stream
     * since, while it was loaded, comes behind that.
     */
    void restore(String oldId, long oldOffset) {
        secondId = oldId;
        secondOffset = oldOffset + 1;
        offset += oldOffset;
    }

    /** The history before this one can no longer be continued. */
    public void forgetSecond() {
        secondId = NO_ID;
        secondOffset = -1;
    }

    /**
     * Whether somebody who has a history up to a byte has nothing that this one does not have.
     *
     * @param wantedId the name of that history
     * @param wantedOffset offset of the first byte that is not there yet
     */
    public boolean continues(String wantedId, long wantedOffset) {
        return wantedId.equalsIgnoreCase(id)
                || wantedId.equalsIgnoreCase(secondId) && wantedOffset <= secondOffset;
    }
}
