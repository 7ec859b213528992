// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.bloom.page.Raw;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes each part as a kind and eight bytes; a string's bytes follow its length. */
public final class FakeWriter implements RdbWriter {
    static final int SIGNED = 1;
    static final int UNSIGNED = 2;
    static final int FLOAT = 3;
    static final int DOUBLE = 4;
    static final int STRING = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What was written. */
    public byte[] content() {
        return out.toByteArray();
    }

    private void part(int kind, long value) {
        out.write(kind);
        byte[] number =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(number, 0, number.length);
    }

    @Override
    public void unsigned(long value) {
        part(UNSIGNED, value);
    }

    @Override
    public void signed(long value) {
        part(SIGNED, value);
    }

    @Override
    public void dbl(double value) {
        part(DOUBLE, Double.doubleToRawLongBits(value));
    }

    @Override
    public void flt(float value) {
        part(FLOAT, Float.floatToRawIntBits(value));
    }

    @Override
    public void string(Bytes content) {
        string(content.copy());
    }

    @Override
    public void string(byte[] content) {
        part(STRING, content.length);
        out.write(content, 0, content.length);
    }

    @Override
    public void string(long address, long length) {
        byte[] content = new byte[(int) length];
        Raw.copyOut(address, content, 0, content.length);
        string(content);
    }

    @Override
    public void beginString(long length) {
        part(STRING, length);
    }

    @Override
    public void part(long address, long length) {
        byte[] content = new byte[(int) length];
        Raw.copyOut(address, content, 0, content.length);
        out.write(content, 0, content.length);
    }
}
