// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream.store;

import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;

/** Lends the bytes of a name that stands on the heap. Owner thread only. */
final class LentName {
    private static final int ROOM_FIRST = 64;

    /** What {@link #address} is memory of, for as long as it is reachable. */
    private Arena room;

    private long address;
    private int roomBytes;

    /** The bytes of a name, until the next call. */
    long of(byte[] name) {
        if (room == null || roomBytes < name.length) {
            roomBytes = Math.max(ROOM_FIRST, 2 * name.length);
            room = Arena.ofAuto();
            address = room.allocate(roomBytes).address();
        }
        Memory.copy(name, 0, address, name.length);
        return address;
    }

    /** A name as bytes of the heap. */
    static byte[] read(long address, int length) {
        byte[] name = new byte[length];
        Memory.copy(address, name, 0, length);
        return name;
    }
}
