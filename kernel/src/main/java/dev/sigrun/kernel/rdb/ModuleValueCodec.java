// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Frozen;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbException.Reason;
import dev.sigrun.spi.type.ValueContext;

/**
 * On the thread that owns the value or its image. Values of plugins in their frame: name and
 * version, the parts that the plugin's codec writes and reads, and the end. The type byte is the
 * caller's, as the key may stand behind it.
 *
 * <p>A value that was read but turns out not to be followed by what must follow is freed here.
 */
public final class ModuleValueCodec {
    private ModuleValueCodec() {}

    /**
     * Writes a value with a codec that writes.
     *
     * @throws RdbException when the codec gives up; the output is of no use then
     */
    public static <V> void write(RdbOutput out, RdbCodec<V> codec, ValueContext context, V value)
            throws RdbException {
        int version = writtenVersion(codec);
        out.beginModule(codec.wireName(), version);
        codec.encode(context, value, out, version);
        out.endModule();
    }

    /** Writes the image of a value as the codec would have written the value. */
    public static void write(RdbOutput out, RdbCodec<?> codec, Frozen image) throws RdbException {
        int version = writtenVersion(codec);
        out.beginModule(codec.wireName(), version);
        image.encode(out, version);
        out.endModule();
    }

    private static int writtenVersion(RdbCodec<?> codec) {
        int version = codec.versionWritten();
        if (version < 0) {
            throw new IllegalArgumentException("The codec " + codec.wireName() + " only reads.");
        }
        return version;
    }

    /**
     * Reads a value and its end. {@link RdbInput#peekModuleId} tells before which codec to take.
     *
     * @param type the codec's type, which frees the value if the end is missing
     * @throws RdbException when the version is not one that the codec reads, or the input damaged
     */
    public static <V> V read(RdbInput in, DataType<V> type, RdbCodec<V> codec, ValueContext context)
            throws RdbException {
        int version = readVersion(in, codec);
        V value = codec.decode(context, in, version);
        if (value == null) {
            throw RdbException.corrupt("The codec " + codec.wireName() + " found no value.");
        }
        boolean ended = false;
        try {
            in.endModule();
            ended = true;
        } finally {
            if (!ended) {
                type.free(context, value);
            }
        }
        return value;
    }

    private static int readVersion(RdbInput in, RdbCodec<?> codec) throws RdbException {
        long id = in.beginModule();
        String name = ModuleId.name(id);
        int version = ModuleId.version(id);
        if (!name.equals(codec.wireName())) {
            throw new RdbException(
                    Reason.UNKNOWN_TYPE, "The codec " + codec.wireName() + " reads no " + name);
        }
        if (version > codec.versionMax()) {
            throw outOfRange(Reason.TOO_NEW, codec, version);
        }
        if (version < codec.versionMin()) {
            throw outOfRange(Reason.TOO_OLD, codec, version);
        }
        return version;
    }

    private static RdbException outOfRange(Reason reason, RdbCodec<?> codec, int version) {
        return new RdbException(
                reason,
                "Version "
                        + version
                        + " of "
                        + codec.wireName()
                        + " is not among those read, "
                        + codec.versionMin()
                        + " to "
                        + codec.versionMax()
                        + ".");
    }
}
