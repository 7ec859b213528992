// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbException.Reason;

/**
 * Any thread, for as long as the payload stays where it is. What DUMP answers and RESTORE takes: a
 * type, the value as an RDB file has it, two bytes of RDB version and the checksum of all that. The
 * payload of FUNCTION DUMP is framed alike but begins with an opcode.
 *
 * @param address address of the payload, at which the type stands
 * @param length number of bytes without version and checksum
 * @param version the RDB version that the payload names
 */
public record DumpPayload(long address, long length, int version) {
    private static final int FOOTER_BYTES = Short.BYTES + Long.BYTES;

    /**
     * Ends a payload: everything in the output becomes one.
     *
     * @param version the RDB version whose types the value uses
     */
    public static void seal(RdbOutput out, int version) {
        if (out.written() != out.size()) {
            throw new IllegalStateException("A part of the payload is drained already.");
        }
        out.writeShort(version);
        out.writeLong(Crc64.update(0, out.array(), 0, out.size()));
    }

    /**
     * Checks version and checksum of a payload. A checksum of 0 is a checksum like any other.
     *
     * @param strict whether versions are refused that are newer or foreign
     * @param checksummed false where the checksum is to be believed
     * @throws RdbException with the reason {@code CHECKSUM} for all that is wrong, as RESTORE does
     *     not tell one from the other either
     */
    public static DumpPayload verify(long address, long length, boolean strict, boolean checksummed)
            throws RdbException {
        if (length < FOOTER_BYTES) {
            throw wrong("is too short");
        }
        long footer = address + length - FOOTER_BYTES;
        int version = Memory.getShort(footer) & 0xffff;
        if (!RdbFormat.isReadable(version, strict)) {
            throw wrong("is of the version " + version);
        }
        if (checksummed
                && Memory.getLong(footer + Short.BYTES)
                        != Crc64.update(0, address, length - Long.BYTES)) {
            throw wrong("does not have the checksum it says");
        }
        return new DumpPayload(address, length - FOOTER_BYTES, version);
    }

    private static RdbException wrong(String what) {
        return new RdbException(Reason.CHECKSUM, "The payload " + what + ".");
    }

    /**
     * The type of the value.
     *
     * @throws RdbException with the reason {@code CORRUPT} when there is no such type, or {@code
     *     FOREIGN_TYPE} and RESTORE's own words when a foreign version may mean another one
     */
    public int type() throws RdbException {
        int type = length == 0 ? -1 : Memory.getByte(address) & 0xff;
        if (!RdbFormat.isObjectType(type)) {
            throw RdbException.corrupt("There is no type " + type + " of objects.");
        }
        if (RdbFormat.isForeignVersion(version) && type >= RdbFormat.FOREIGN_TYPE_MIN) {
            throw new RdbException(Reason.FOREIGN_TYPE, "Unsupported foreign data type: " + type);
        }
        return type;
    }

    /** Address of the value, behind the type. */
    public long bodyAddress() {
        return address + 1;
    }

    /** Number of bytes of the value. */
    public long bodyLength() {
        return Math.max(0, length - 1);
    }
}
