// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import dev.sigrun.spi.type.DataType;
import dev.sigrun.spi.type.RdbCodec;
import dev.sigrun.spi.type.SnapshotMode;
import dev.sigrun.spi.type.ValueContext;
import java.util.List;

/** What a data type must be like so that its values can be saved and read back. */
final class TypeRules {
    /** Bits of a version in a file's type id: 10. */
    private static final int VERSION_MAX = 1023;

    private TypeRules() {}

    static void check(DataType<?> type, List<String> problems) {
        String who = "type " + type.spec().name();
        if (!Names.isType(type.spec().name())) {
            problems.add(who + ": a name is made of 1 to 64 letters, digits and . _ -");
        }
        if (!type.spec().equals(type.spec())) {
            problems.add(who + " gives another description at every call");
        }
        if (type.spec().snapshot() == SnapshotMode.FROZEN && !freezes(type)) {
            problems.add(who + " is FROZEN but has no freeze()");
        }
        for (RdbCodec<?> codec : type.spec().codecs()) {
            checkCodec(who, codec, problems);
        }
        if (type.spec().nativeCodec() == null
                && type.spec().codecs().getFirst().versionWritten() < 0) {
            problems.add(who + ": the first codec must be one that writes");
        }
    }

    private static void checkCodec(String who, RdbCodec<?> codec, List<String> problems) {
        String wire = codec.wireName();
        if (wire == null || !Names.isWire(wire)) {
            problems.add(who + ": wire name '" + wire + "' must be 9 of A-Z a-z 0-9 - _");
        }
        int min = codec.versionMin();
        int max = codec.versionMax();
        if (min < 0 || min > max || max > VERSION_MAX) {
            problems.add(who + ": versions " + min + " to " + max + " are not within 0 to 1023");
        }
        int written = codec.versionWritten();
        if (written != -1 && (written < min || written > max)) {
            problems.add(who + " writes version " + written + ", which it does not read");
        }
    }

    private static boolean freezes(DataType<?> type) {
        try {
            return type.getClass()
                            .getMethod("freeze", ValueContext.class, Object.class)
                            .getDeclaringClass()
                    != DataType.class;
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError("every type has freeze()", impossible);
        }
    }
}
