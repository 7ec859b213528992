// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import dev.sigrun.memory.Memory;

/** Any thread. Decides whether bytes from outside are a listpack. */
final class ListpackCheck {
    private ListpackCheck() {}

    static boolean isSound(long address, long length, boolean deep) {
        if (length < Listpack.EMPTY_BYTES
                || Listpack.bytes(address) != length
                || Memory.getByte(address + length - 1) != (byte) Entry.END) {
            return false;
        }
        return !deep || entriesAreSound(address, length);
    }

    /** Whether the entries fill the listpack up to its last byte, and are as many as it says. */
    private static boolean entriesAreSound(long address, long length) {
        long end = address + length - 1;
        long at = address + Listpack.HEADER_BYTES;
        long count = 0;
        while (at < end) {
            long bytes = soundBytes(at, end);
            if (bytes == 0) {
                return false;
            }
            at += bytes;
            count++;
        }
        int said = Memory.getShort(address + 4) & 0xFFFF;
        return said == 0xFFFF || said == count;
    }

    /** The bytes that an entry takes, or 0 when it is broken or would reach the end's byte. */
    private static long soundBytes(long entry, long end) {
        int head = Entry.headBytes(Memory.getByte(entry) & 0xFF);
        if (head == 0 || entry + head > end) {
            return 0;
        }
        long encoded = Entry.encodedBytesAt(entry);
        long behind = entry + encoded + Entry.backBytes(encoded);
        // A trailing length of five bytes ends in the header at worst, which has six.
        if (behind > end || Entry.backLength(behind) != encoded) {
            return 0;
        }
        return behind - entry;
    }
}
