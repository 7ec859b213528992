// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load;

import dev.sigrun.kernel.rdb.Crc64;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes files by hand. */
final class DataFile {
    private final RdbOutput out = RdbOutput.keeping(1 << 28, true);

    DataFile(String magic) {
        for (byte each : ascii(magic)) {
            out.writeByte(each);
        }
    }

    static DataFile valkey() {
        return new DataFile("VALKEY080");
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    DataFile bytes(int... bytes) {
        for (int each : bytes) {
            out.writeByte(each);
        }
        return this;
    }

    DataFile select(int db) {
        out.writeByte(RdbFormat.OPCODE_SELECT_DB);
        out.writeLength(db);
        return this;
    }

    DataFile field(String name, String value) {
        out.writeByte(RdbFormat.OPCODE_AUX);
        return text(name).text(value);
    }

    DataFile expiry(long unixMillis) {
        out.writeByte(RdbFormat.OPCODE_EXPIRE_TIME_MILLIS);
        out.writeLong(unixMillis);
        return this;
    }

    DataFile length(long value) {
        out.writeLength(value);
        return this;
    }

    DataFile text(String text) {
        out.writeString(ascii(text));
        return this;
    }

    DataFile set(String key, String value) {
        out.writeByte(RdbFormat.TYPE_STRING);
        return text(key).text(value);
    }

    /** Everything so far, with nothing at the end. */
    byte[] open() {
        return out.copy();
    }

    /** A whole file. */
    byte[] end() {
        out.writeByte(RdbFormat.OPCODE_EOF);
        out.writeLong(Crc64.update(0, out.array(), 0, out.size()));
        return out.copy();
    }

    /** A whole file without a checksum. */
    byte[] endUnsummed() {
        out.writeByte(RdbFormat.OPCODE_EOF);
        out.writeLong(0);
        return out.copy();
    }

    static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
