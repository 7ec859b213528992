// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.NativeOutput;
import dev.sigrun.spi.type.RdbWriter;

/**
 * Confined to one thread. What values are written to. The methods that begin with {@code write} are
 * for the kernel, which knows what stands where; those of {@link RdbWriter} are for plugins and
 * mark each part with its kind, between {@link #beginModule} and {@link #endModule}.
 *
 * <p>An output either keeps everything, up to a limit, or passes full arrays on to a {@link Drain}.
 * It throws {@link OutputFull} at its limit and is of no use then until {@link #reset}.
 */
public final class RdbOutput extends StringOutput implements RdbWriter, NativeOutput {
    private boolean inModule;
    private long stringLeft;

    private RdbOutput(int bytesMax, Drain drain, boolean compression) {
        super(bytesMax, drain, compression);
    }

    /**
     * An output that keeps everything.
     *
     * @param bytesMax how much it may hold, at most {@link #BYTES_MAX}
     * @param compression whether strings are compressed
     */
    public static RdbOutput keeping(int bytesMax, boolean compression) {
        return new RdbOutput(bytesMax, null, compression);
    }

    /**
     * An output without a limit on what is written.
     *
     * @param bufferBytesMax how large its array may become; a string is compressed when that makes
     *     it fit in there
     */
    public static RdbOutput draining(int bufferBytesMax, boolean compression, Drain drain) {
        return new RdbOutput(bufferBytesMax, drain, compression);
    }

    /** Forgets what is written, after a failure too. */
    public void reset() {
        clear();
        inModule = false;
        stringLeft = 0;
    }

    /** Begins a value, or auxiliary data, of a plugin; the type or opcode is written before. */
    public void beginModule(String wireName, int version) {
        beginModule(ModuleId.pack(wireName, version));
    }

    /** The same with a packed name and version. */
    public void beginModule(long moduleId) {
        if (inModule) {
            throw new IllegalStateException("A module value begins inside of another.");
        }
        writeLength(moduleId);
        inModule = true;
    }

    /** Ends what {@link #beginModule} began. */
    public void endModule() {
        beginPart(RdbFormat.PART_END);
        inModule = false;
    }

    private void beginPart(int kind) {
        if (!inModule || stringLeft != 0) {
            throw new IllegalStateException(
                    inModule
                            ? "A string lacks " + stringLeft + " bytes."
                            : "A part is written outside of a module value.");
        }
        writeByte(kind);
    }

    @Override
    public void unsigned(long value) {
        beginPart(RdbFormat.PART_UNSIGNED);
        writeLength(value);
    }

    /** Marked as unsigned, since Valkey's modules neither write nor take the signed kind. */
    @Override
    public void signed(long value) {
        beginPart(RdbFormat.PART_UNSIGNED);
        writeLength(value);
    }

    @Override
    public void dbl(double value) {
        beginPart(RdbFormat.PART_DOUBLE);
        writeDouble(value);
    }

    @Override
    public void flt(float value) {
        beginPart(RdbFormat.PART_FLOAT);
        writeFloat(value);
    }

    @Override
    public void string(Bytes content) {
        beginPart(RdbFormat.PART_STRING);
        writeString(content);
    }

    @Override
    public void string(byte[] content) {
        beginPart(RdbFormat.PART_STRING);
        writeString(content);
    }

    @Override
    public void string(long address, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("A string of " + length + " bytes is none.");
        }
        beginPart(RdbFormat.PART_STRING);
        writeString(address, length);
    }

    /** A string in parts is never compressed, because nobody holds all of it. */
    @Override
    public void beginString(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("A string of " + length + " bytes is none.");
        }
        beginPart(RdbFormat.PART_STRING);
        writeLength(length);
        stringLeft = length;
    }

    @Override
    public void part(long address, long length) {
        if (length < 0 || length > stringLeft) {
            throw new IllegalStateException(
                    "A part of " + length + " bytes does not fit in the " + stringLeft + " left.");
        }
        stringLeft -= length;
        writeRaw(address, length);
    }
}
