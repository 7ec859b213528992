// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads and writes elements of DER, the encoding of keys and certificates. One thread. */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_ID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private final int end;
    private int position;
    private int tag;
    private int contentStart;
    private int contentEnd;

    Der(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Der(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /** Goes to the next element; false when there is none. */
    boolean next() throws TlsRefused {
        if (position == end) {
            return false;
        }
        tag = octet();
        int length = octet();
        if (length >= 0x80) {
            int octets = length & 0x7f;
            length = 0;
            for (int i = 0; i < octets; i++) {
                if (length >= 1 << 23) {
                    throw new TlsRefused("malformed DER");
                }
                length = length << 8 | octet();
            }
        }
        if (length > end - position) {
            throw new TlsRefused("malformed DER");
        }
        contentStart = position;
        contentEnd = position + length;
        position = contentEnd;
        return true;
    }

    private int octet() throws TlsRefused {
        if (position == end) {
            throw new TlsRefused("malformed DER");
        }
        return bytes[position++] & 0xff;
    }

    /** Kind of the present element. */
    int tag() {
        return tag;
    }

    /** What is within the present element. */
    Der enter() {
        return new Der(bytes, contentStart, contentEnd);
    }

    /** The content of the present element. */
    byte[] content() {
        return Arrays.copyOfRange(bytes, contentStart, contentEnd);
    }

    /** An element of the given parts. */
    static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 6);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int octets = (39 - Integer.numberOfLeadingZeros(length)) / 8;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(length >>> 8 * i);
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
