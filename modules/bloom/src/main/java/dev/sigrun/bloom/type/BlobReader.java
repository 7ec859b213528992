// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/** Owner thread only. Reads little-endian numbers and strings after their length from bytes. */
final class BlobReader implements Source {
    private final long end;
    private long at;
    private long stringAddress;
    private long stringLength;

    BlobReader(Bytes blob) {
        this.at = blob.address();
        this.end = blob.address() + blob.length();
    }

    private long take(long bytes) throws RdbException {
        Checks.that(bytes >= 0 && bytes <= end - at, "bytes missing");
        long start = at;
        at += bytes;
        return start;
    }

    boolean isAtEnd() {
        return at == end;
    }

    int octet() throws RdbException {
        return Raw.getByte(take(Byte.BYTES)) & 0xff;
    }

    long unsignedInt() throws RdbException {
        return Integer.toUnsignedLong(Raw.getInt(take(Integer.BYTES)));
    }

    @Override
    public long unsigned() throws RdbException {
        return Raw.getLong(take(Long.BYTES));
    }

    @Override
    public double dbl() throws RdbException {
        return Double.longBitsToDouble(unsigned());
    }

    @Override
    public void string() throws RdbException {
        stringLength = unsigned();
        stringAddress = take(stringLength);
    }

    @Override
    public long address() {
        return stringAddress;
    }

    @Override
    public long length() {
        return stringLength;
    }
}
