// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.NotSslRecordException;

/** The pieces that encrypted bytes come in. */
final class TlsRecord {
    /** A record's content and whatever encryption adds to it. */
    static final int BYTES_MAX = 16 * 1024 + 2048 + 5;

    private static final int ALERT = 21;
    private static final int CONTENT = 23;

    /**
     * An alert of TLS 1.3, where it looks like content: two bytes, their kind, the seal, and as
     * many zeros as Java puts behind everything.
     */
    private static final int SEALED_ALERT_BYTES_MAX = 5 + 2 + 1 + 16 + 16;

    private static final int HEADER_BYTES = 5;
    private static final int TYPE_FIRST = 20;
    private static final int TYPE_LAST = 24;
    private static final int MAJOR_VERSION = 3;

    private TlsRecord() {}

    /**
     * Length of the first record in a buffer.
     *
     * @return 0 while the record is incomplete
     * @throws NotSslRecordException when this is something else
     */
    static int completeBytes(ByteBuf in) throws NotSslRecordException {
        int available = in.readableBytes();
        if (available == 0) {
            return 0;
        }
        int start = in.readerIndex();
        int type = in.getUnsignedByte(start);
        boolean isOther = type < TYPE_FIRST || type > TYPE_LAST;
        if (isOther || available > 1 && in.getUnsignedByte(start + 1) != MAJOR_VERSION) {
            throw new NotSslRecordException("not an SSL/TLS record");
        }
        if (available < HEADER_BYTES) {
            return 0;
        }
        int length = in.getUnsignedShort(start + 3) + HEADER_BYTES;
        if (length > BYTES_MAX) {
            throw new NotSslRecordException("record too long");
        }
        return available < length ? 0 : length;
    }

    /**
     * Whether the complete record that a buffer begins with may be the other side's last word. Very
     * short commands look the same; what is done because of that must not harm them.
     */
    static boolean mayBeFarewell(ByteBuf in) {
        int start = in.readerIndex();
        int type = in.getUnsignedByte(start);
        int length = in.getUnsignedShort(start + 3) + HEADER_BYTES;
        boolean isShort = type == CONTENT && length <= SEALED_ALERT_BYTES_MAX;
        return length == in.readableBytes() && (type == ALERT || isShort);
    }
}
