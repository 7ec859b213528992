// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.type;

import dev.sigrun.bloom.page.Pages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Owner thread only. Writes what {@link BlobReader} reads. */
final class BlobWriter {
    private final ByteBuffer out;

    /**
     * Begins a blob.
     *
     * @param bytes its length
     * @throws IllegalStateException when no argument can be so long
     */
    BlobWriter(long bytes) {
        if (bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw new IllegalStateException("A Bloom filter is too large for BF.LOAD.");
        }
        out = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    BlobWriter octet(int value) {
        out.put((byte) value);
        return this;
    }

    BlobWriter unsignedInt(long value) {
        out.putInt((int) value);
        return this;
    }

    BlobWriter unsigned(long value) {
        out.putLong(value);
        return this;
    }

    BlobWriter dbl(double value) {
        out.putDouble(value);
        return this;
    }

    BlobWriter string(Pages content) {
        out.putLong(content.bytes());
        content.get(0, out.array(), out.position(), (int) content.bytes());
        out.position(out.position() + (int) content.bytes());
        return this;
    }

    byte[] bytes() {
        return out.array();
    }
}
