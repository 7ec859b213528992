// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hash;

import dev.sigrun.memory.dict.Element;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandContext;
import dev.sigrun.spi.key.NotifyClass;

/**
 * Sets fields one after the other for one command, and knows which of them replaced a field that
 * was past its time: such a field counts as new. Owner thread only.
 */
final class FieldWriter {
    private final Hashes hashes;
    private CommandContext context;
    private HashValue hash;
    private long expiryMillis;
    private boolean keepTimes;
    private int expiredOverwritten;
    private boolean lastWasExpired;

    FieldWriter(Hashes hashes) {
        this.hashes = hashes;
    }

    /** Begins with a hash; fields that are set lose their time. */
    void begin(CommandContext newContext, HashValue newHash) {
        begin(newContext, newHash, Element.NO_EXPIRY, false);
    }

    /**
     * Begins with a hash.
     *
     * @param unixMillis the time that the fields get, or {@link Element#NO_EXPIRY}
     * @param keep whether fields keep the time that they have
     */
    void begin(CommandContext newContext, HashValue newHash, long unixMillis, boolean keep) {
        context = newContext;
        hash = newHash;
        expiryMillis = unixMillis;
        keepTimes = keep;
        expiredOverwritten = 0;
    }

    /**
     * Sets the field at an argument to the value behind it.
     *
     * @return whether it counts as new
     */
    boolean put(Args args, int index) {
        hashes.field(args, index);
        hashes.value(args, index + 1);
        return put();
    }

    /** Sets the field at hand to the value at hand. */
    boolean put() {
        long time = expiryMillis;
        lastWasExpired = false;
        if (hash.hasTimes()) {
            long present = hash.findAny(hashes.field);
            long presentMillis = present == 0 ? Element.NO_EXPIRY : Element.expiryMillis(present);
            if (presentMillis != Element.NO_EXPIRY) {
                lastWasExpired = context.isOver(presentMillis);
                if (lastWasExpired) {
                    expiredOverwritten++;
                } else if (keepTimes) {
                    time = presentMillis;
                }
            }
        }
        if (time != Element.NO_EXPIRY || !hashes.fits()) {
            hash.enlarge();
        }
        return hash.put(hashes.field, hashes.value.expiryMillis(time)) || lastWasExpired;
    }

    /** Whether the field that was set last replaced one that was past its time. */
    boolean lastWasExpired() {
        return lastWasExpired;
    }

    /** Counts and announces the fields that were past their time, if there were any. */
    void sayExpired() {
        if (expiredOverwritten > 0) {
            hashes.key().countExpiredElements(expiredOverwritten);
            hashes.key().notify(NotifyClass.HASH, "hexpired");
        }
    }
}
