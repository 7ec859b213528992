// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.ValueContext;

/**
 * Any one thread. A layout of RedisBloom of which one version is known.
 *
 * @param <S> the sketch
 */
final class SketchCodec<S extends Sketch<S>> implements RdbCodec<S> {
    private final String name;
    private final int version;
    private final Layout<S> layout;

    SketchCodec(String name, int version, Layout<S> layout) {
        this.name = name;
        this.version = version;
        this.layout = layout;
    }

    @Override
    public String wireName() {
        return name;
    }

    @Override
    public int versionMin() {
        return version;
    }

    @Override
    public int versionMax() {
        return version;
    }

    @Override
    public int versionWritten() {
        return version;
    }

    @Override
    public void encode(ValueContext context, S value, RdbWriter out, int asVersion) {
        value.write(out);
    }

    @Override
    public S decode(ValueContext context, RdbReader in, int written) throws RdbException {
        if (written != version) {
            throw new RdbException(
                    written < version ? RdbException.Reason.TOO_OLD : RdbException.Reason.TOO_NEW,
                    name + " of version " + written);
        }
        return layout.read(context, in);
    }
}
