// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.load.read.ReadEnd;
import java.lang.foreign.Arena;

/**
 * Records on their way from the thread that reads to the owner, with the bytes they are about. One
 * of the two has it at a time.
 */
@SuppressWarnings("MustBeClosedChecker") // close() closes it.
final class Batch {
    /** A string or integer that is an entry but for its access clock. */
    static final int READY = 0;

    /** A whole value: the key, then the value as the input has it. */
    static final int VALUE = 1;

    /**
     * The first elements of a value: the key, then a count and the elements; {@link #total} for
     * those that come later. Of a stream, its first items.
     */
    static final int FIRST_PART = 2;

    /** More elements: a count and the elements; of a stream, more items. */
    static final int NEXT_PART = 3;

    /** The first bytes of a long string: the key, then the bytes; {@link #total} for all. */
    static final int FIRST_BYTES = 4;

    /** More bytes of a long string. */
    static final int NEXT_BYTES = 5;

    /** A key whose time is over. */
    static final int EXPIRED = 6;

    /** A field of a hash whose time is over: the key, then the field's name. */
    static final int EXPIRED_FIELD = 7;

    /** A hash of whose fields none is left. */
    static final int EXPIRED_HASH = 8;

    /** Kinds up to this one are about keys. */
    static final int LAST_OF_KEYS = EXPIRED_HASH;

    /** An auxiliary field: its name as the key, its value as the value. */
    static final int FIELD = 9;

    /** The source of a library. */
    static final int LIBRARY = 10;

    /** Auxiliary data of a plugin: its number, when, its parts. */
    static final int PLUGIN_DATA = 11;

    /** An import of slots: the job's name as the key, ranges as the value, two ints each. */
    static final int SLOTS = 12;

    /** The first bytes have been read; the layout is the version. */
    static final int BEGIN = 13;

    static final int RECORDS_MAX = 4096;
    static final int BYTES = 512 << 10;

    final byte[] kind = new byte[RECORDS_MAX];
    final int[] layout = new int[RECORDS_MAX];
    final int[] db = new int[RECORDS_MAX];
    final long[] hash = new long[RECORDS_MAX];
    final int[] at = new int[RECORDS_MAX];
    final int[] keyLength = new int[RECORDS_MAX];
    final int[] length = new int[RECORDS_MAX];
    final long[] expiry = new long[RECORDS_MAX];

    /** Idle seconds, a frequency as {@code -2 - frequency}, or -1 for nothing. */
    final long[] access = new long[RECORDS_MAX];

    /** Bytes or elements of the whole value. */
    final long[] total = new long[RECORDS_MAX];

    /** Where in the input the record begins. */
    final long[] offset = new long[RECORDS_MAX];

    int records;
    int used;

    /** Where in the input the batch ends. */
    long endOffset;

    /** In the last batch: what the input was found to be. */
    ReadEnd end;

    private Arena arena;
    private long address;
    private long capacity;

    Batch() {
        hold(BYTES);
    }

    private void hold(long bytes) {
        arena = Arena.ofShared();
        address = arena.allocate(bytes, Long.BYTES).address();
        capacity = bytes;
    }

    long address() {
        return address;
    }

    /** Whether a record of so many bytes fits, and if it does not, whether it would fit alone. */
    boolean hasRoom(long bytes) {
        return records < RECORDS_MAX && bytes <= capacity - used;
    }

    /** Makes room for a record that is longer than all that usually fit together. */
    void grow(long bytes) {
        arena.close();
        hold(bytes);
    }

    void clear() {
        records = 0;
        used = 0;
        end = null;
        if (capacity > BYTES) {
            grow(BYTES);
        }
    }

    void close() {
        arena.close();
    }
}
