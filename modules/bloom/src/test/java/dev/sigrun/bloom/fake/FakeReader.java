// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads what {@link FakeWriter} wrote; a lent string is overwritten at the next call. */
public final class FakeReader implements RdbReader {
    private final ByteBuffer in;
    private FakeBytes lent;

    /** Reads {@code content}. */
    public FakeReader(byte[] content) {
        in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    private long part(int kind) throws RdbException {
        if (lent != null) {
            lent.segment().fill((byte) 0);
            lent = null;
        }
        if (in.remaining() < 9 || in.get() != kind) {
            throw RdbException.corrupt("another part or none");
        }
        return in.getLong();
    }

    @Override
    public Kind peek() {
        if (!in.hasRemaining()) {
            return Kind.END;
        }
        return switch (in.get(in.position())) {
            case FakeWriter.SIGNED -> Kind.SIGNED;
            case FakeWriter.UNSIGNED -> Kind.UNSIGNED;
            case FakeWriter.FLOAT -> Kind.FLOAT;
            case FakeWriter.DOUBLE -> Kind.DOUBLE;
            default -> Kind.STRING;
        };
    }

    @Override
    public long unsigned() throws RdbException {
        return part(FakeWriter.UNSIGNED);
    }

    @Override
    public long signed() throws RdbException {
        return part(FakeWriter.SIGNED);
    }

    @Override
    public double dbl() throws RdbException {
        return Double.longBitsToDouble(part(FakeWriter.DOUBLE));
    }

    @Override
    public float flt() throws RdbException {
        return Float.intBitsToFloat((int) part(FakeWriter.FLOAT));
    }

    @Override
    public Bytes string() throws RdbException {
        long length = part(FakeWriter.STRING);
        if (length < 0 || length > in.remaining()) {
            throw RdbException.corrupt("a string that is longer than the input");
        }
        byte[] content = new byte[(int) length];
        in.get(content);
        lent = FakeBytes.of(content);
        return lent;
    }
}
