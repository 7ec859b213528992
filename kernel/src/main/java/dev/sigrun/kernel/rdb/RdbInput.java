// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.NativeInput;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;

/**
 * Confined to one thread. Where values are read from: a range of memory whose content is hostile.
 * The methods that begin with {@code read} are for the kernel; those of {@link RdbReader} are for
 * plugins and take the marked parts between {@link #beginModule} and {@link #endModule}.
 *
 * <p>Damage of any kind is an {@link RdbException}, after which only {@link #wrap} makes sense. The
 * memory beside the input is what the largest compressed string takes, which is found out before
 * any is taken; most of it goes back at the next {@link #wrap}, all of it at {@link #close}.
 */
public final class RdbInput extends RawInput implements RdbReader, NativeInput, AutoCloseable {
    private boolean inModule;
    private boolean isFollowed;

    /** Begins to read a range, which must stay as it is meanwhile. */
    public RdbInput wrap(long address, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("An input of " + length + " bytes is none.");
        }
        open(address, length);
        inModule = false;
        isFollowed = false;
        return this;
    }

    /** Says whether the range is only a part of the value. */
    public RdbInput followed(boolean yes) {
        isFollowed = yes;
        return this;
    }

    @Override
    public boolean isFollowed() {
        return isFollowed;
    }

    @Override
    public void close() {
        free();
        inModule = false;
    }

    /** The name and version of the plugin's value that comes next, which stays unread. */
    public long peekModuleId() throws RdbException {
        long here = position();
        long id = readLength();
        position(here);
        return id;
    }

    /** Begins a value, or auxiliary data, of a plugin and gives its packed name and version. */
    public long beginModule() throws RdbException {
        if (inModule) {
            throw new IllegalStateException("A module value begins inside of another.");
        }
        long id = readLength();
        inModule = true;
        return id;
    }

    /**
     * Ends what {@link #beginModule} began.
     *
     * @throws RdbException when parts are left
     */
    public void endModule() throws RdbException {
        expect(RdbFormat.PART_END);
        inModule = false;
    }

    /** Passes over a whole value of a plugin, known or not; bytes in between are the value. */
    public void skipModule() throws RdbException {
        beginModule();
        while (skipPart()) {
            // Each part takes a byte at least, so the input bounds the loop.
        }
        inModule = false;
    }

    private boolean skipPart() throws RdbException {
        long kind = readLength();
        if (kind == RdbFormat.PART_SIGNED || kind == RdbFormat.PART_UNSIGNED) {
            readLength();
        } else if (kind == RdbFormat.PART_FLOAT) {
            skip(Float.BYTES);
        } else if (kind == RdbFormat.PART_DOUBLE) {
            skip(Double.BYTES);
        } else if (kind == RdbFormat.PART_STRING) {
            skipString();
        } else if (kind != RdbFormat.PART_END) {
            throw unknownPart(kind);
        }
        return kind != RdbFormat.PART_END;
    }

    /** The kind of the next part; integers are never of the signed kind in what Valkey writes. */
    @Override
    public Kind peek() throws RdbException {
        long here = position();
        long kind = readKind();
        position(here);
        if (kind < RdbFormat.PART_END || kind > RdbFormat.PART_STRING) {
            throw unknownPart(kind);
        }
        return switch ((int) kind) {
            case RdbFormat.PART_SIGNED -> Kind.SIGNED;
            case RdbFormat.PART_UNSIGNED -> Kind.UNSIGNED;
            case RdbFormat.PART_FLOAT -> Kind.FLOAT;
            case RdbFormat.PART_DOUBLE -> Kind.DOUBLE;
            case RdbFormat.PART_STRING -> Kind.STRING;
            default -> Kind.END;
        };
    }

    @Override
    public long unsigned() throws RdbException {
        expect(RdbFormat.PART_UNSIGNED);
        return readLength();
    }

    /** Of either kind of integer, since {@link RdbOutput#signed} marks its own as unsigned. */
    @Override
    public long signed() throws RdbException {
        long kind = readKind();
        if (kind != RdbFormat.PART_SIGNED && kind != RdbFormat.PART_UNSIGNED) {
            throw wrongPart(RdbFormat.PART_SIGNED, kind);
        }
        return readLength();
    }

    @Override
    public double dbl() throws RdbException {
        expect(RdbFormat.PART_DOUBLE);
        return readDouble();
    }

    @Override
    public float flt() throws RdbException {
        expect(RdbFormat.PART_FLOAT);
        return readFloat();
    }

    @Override
    public Bytes string() throws RdbException {
        expect(RdbFormat.PART_STRING);
        return readString();
    }

    private void expect(int kind) throws RdbException {
        long actual = readKind();
        if (actual != kind) {
            throw wrongPart(kind, actual);
        }
    }

    private long readKind() throws RdbException {
        if (!inModule) {
            throw new IllegalStateException("A part is read outside of a module value.");
        }
        return readLength();
    }

    private static RdbException wrongPart(int expected, long actual) {
        return RdbException.corrupt(
                "A part of kind "
                        + Long.toUnsignedString(actual)
                        + " stands where one of kind "
                        + expected
                        + " belongs.");
    }

    private static RdbException unknownPart(long kind) {
        return RdbException.corrupt(
                "A part is of the unknown kind " + Long.toUnsignedString(kind) + ".");
    }
}
