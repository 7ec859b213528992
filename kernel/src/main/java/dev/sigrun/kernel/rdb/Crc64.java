// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Any thread. The checksum of RDB files and dumps: CRC-64 with the polynomial of Jones, reflected,
 * starting at 0, with nothing added in the end.
 *
 * <p>Eight bytes are taken at a time, each through a table of its own (slicing by eight), so a byte
 * costs about one look-up and there is no chain of eight dependent steps.
 */
public final class Crc64 {
    private static final long POLYNOMIAL_REFLECTED = 0x95ac9329ac4bc9b5L;

    /** Table k maps a byte to its remainder after k further bytes of zeros. */
    private static final long[] TABLES = tables();

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Crc64() {}

    /**
     * The checksum of some bytes and of bytes after them.
     *
     * @param crc checksum of the bytes before, 0 when there are none
     */
    public static long update(long crc, long address, long length) {
        long remainder = crc;
        long at = address;
        long end = address + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            remainder = eight(remainder ^ Memory.getLong(at));
        }
        for (; at < end; at++) {
            remainder = one(remainder, Memory.getByte(at));
        }
        return remainder;
    }

    /** The same for bytes on the heap. */
    public static long update(long crc, byte[] content, int offset, int length) {
        long remainder = crc;
        int at = offset;
        int end = offset + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            remainder = eight(remainder ^ (long) LONG.get(content, at));
        }
        for (; at < end; at++) {
            remainder = one(remainder, content[at]);
        }
        return remainder;
    }

    private static long one(long remainder, byte next) {
        return TABLES[(int) (remainder ^ next) & 0xff] ^ (remainder >>> 8);
    }

    private static long eight(long word) {
        long[] tables = TABLES;
        return tables[0x700 + (int) (word & 0xff)]
                ^ tables[0x600 + (int) (word >>> 8 & 0xff)]
                ^ tables[0x500 + (int) (word >>> 16 & 0xff)]
                ^ tables[0x400 + (int) (word >>> 24 & 0xff)]
                ^ tables[0x300 + (int) (word >>> 32 & 0xff)]
                ^ tables[0x200 + (int) (word >>> 40 & 0xff)]
                ^ tables[0x100 + (int) (word >>> 48 & 0xff)]
                ^ tables[(int) (word >>> 56)];
    }

    private static long[] tables() {
        long[] tables = new long[8 * 256];
        for (int value = 0; value < 256; value++) {
            long remainder = value;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder >>> 1 ^ ((remainder & 1) == 0 ? 0 : POLYNOMIAL_REFLECTED);
            }
            tables[value] = remainder;
        }
        for (int at = 256; at < tables.length; at++) {
            long before = tables[at - 256];
            tables[at] = tables[(int) before & 0xff] ^ before >>> 8;
        }
        return tables;
    }
}
