// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.rdb;

import dev.sigrun.spi.type.CommandEmitter;
import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.Digest;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.RdbException;
import dev.sigrun.spi.type.RdbReader;
import dev.sigrun.spi.type.RdbWriter;
import dev.sigrun.spi.type.TypeSpec;
import dev.sigrun.spi.type.ValueContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A type of a plugin whose values are lists of strings, with numbers around them. Counts frees. */
final class FakeType implements DataType<List<String>>, RdbCodec<List<String>> {
    static final String WIRE_NAME = "fake-type";

    int version = 3;
    int decoded;
    int freed;

    @Override
    public String wireName() {
        return WIRE_NAME;
    }

    @Override
    public int versionMin() {
        return 2;
    }

    @Override
    public int versionMax() {
        return 3;
    }

    @Override
    public int versionWritten() {
        return version;
    }

    @Override
    public void encode(ValueContext context, List<String> value, RdbWriter out, int version) {
        out.unsigned(value.size());
        out.signed(-value.size());
        out.dbl(value.size() / 2.0);
        out.flt(value.size());
        for (String element : value) {
            out.string(element.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public List<String> decode(ValueContext context, RdbReader in, int version)
            throws RdbException {
        long size = in.unsigned();
        if (in.signed() != -size || in.dbl() != size / 2.0 || in.flt() != size) {
            throw RdbException.corrupt("The numbers do not agree.");
        }
        List<String> value = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            value.add(in.string().text());
        }
        decoded++;
        return value;
    }

    @Override
    public TypeSpec<List<String>> spec() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long memoryUsage(ValueContext context, List<String> value, int samples) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long freeEffort(ValueContext context, List<String> value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void free(ValueContext context, List<String> value) {
        freed++;
    }

    @Override
    public List<String> copy(ValueContext context, List<String> value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void digest(ValueContext context, List<String> value, Digest out) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rewrite(ValueContext context, List<String> value, CommandEmitter out) {
        throw new UnsupportedOperationException();
    }
}
