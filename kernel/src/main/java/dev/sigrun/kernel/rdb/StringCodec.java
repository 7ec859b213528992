// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/**
 * Any thread. Values of the type string, which are one string of the format and nothing else. The
 * type byte is the caller's in a file, where the key stands before the value.
 */
public final class StringCodec {
    private StringCodec() {}

    /** Writes a value of bytes. */
    public static void write(RdbOutput out, long address, long length) {
        out.writeString(address, length);
    }

    /** Writes a value that is kept as a number. */
    public static void write(RdbOutput out, long value) {
        out.writeIntegerString(value);
    }

    /** Writes all of what DUMP answers for a value of bytes to an empty output. */
    public static void dump(RdbOutput out, long address, long length, int version) {
        out.writeByte(RdbFormat.TYPE_STRING);
        write(out, address, length);
        DumpPayload.seal(out, version);
    }

    /** Writes all of what DUMP answers for a value that is kept as a number. */
    public static void dump(RdbOutput out, long value, int version) {
        out.writeByte(RdbFormat.TYPE_STRING);
        write(out, value);
        DumpPayload.seal(out, version);
    }

    /**
     * Reads a value, lent until the next call on the input.
     *
     * @throws RdbException when the input is damaged
     */
    public static Bytes read(RdbInput in) throws RdbException {
        return in.readString();
    }
}
