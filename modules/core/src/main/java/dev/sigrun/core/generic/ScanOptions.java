// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.GlobPattern;
import dev.sigrun.spi.command.Args;
import dev.sigrun.spi.command.CommandException;

/**
 * Any thread. The options of SCAN; each may be repeated, the last one counts.
 *
 * @param pattern what names must match, or null
 * @param type what {@code TYPE} must answer, or null; lent for the command
 * @param count how many keys to look at, roughly
 */
record ScanOptions(GlobPattern pattern, Bytes type, long count) {
    static final long COUNT_DEFAULT = 10;

    private static final int PLUGIN_TYPE_NAME_LENGTH = 9;

    /** Reads the options from {@code first} to the end. */
    static ScanOptions parse(Args args, int first) throws CommandException {
        GlobPattern pattern = null;
        Bytes type = null;
        long keys = COUNT_DEFAULT;
        int count = args.count();
        for (int i = first; i < count; i++) {
            boolean hasValue = i + 1 < count;
            if (args.is(i, "COUNT") && hasValue) {
                i++;
                keys = args.longAt(i);
                if (keys < 1) {
                    throw CommandException.SYNTAX;
                }
            } else if (args.is(i, "MATCH") && hasValue) {
                i++;
                pattern = GlobPattern.of(args.bytes(i));
            } else if (args.is(i, "TYPE") && hasValue) {
                i++;
                type = type(args.bytes(i));
            } else {
                throw wrongOption(args, i);
            }
        }
        return new ScanOptions(pattern, type, keys);
    }

    private static CommandException wrongOption(Args args, int index) {
        if (args.is(index, "NOVALUES")) {
            return GenericErrors.NO_VALUES;
        }
        return args.is(index, "NOSCORES") ? GenericErrors.NO_SCORES : CommandException.SYNTAX;
    }

    /**
     * Deviation: the SPI does not tell which types are registered. The names of Valkey's own types
     * are known, and those of plugins have nine characters; any other name is an error as on
     * Valkey, but a name of nine characters that no plugin has is taken and finds nothing.
     */
    private static Bytes type(Bytes name) throws CommandException {
        boolean known =
                name.is("string")
                        || name.is("list")
                        || name.is("set")
                        || name.is("zset")
                        || name.is("hash")
                        || name.is("stream")
                        || name.length() == PLUGIN_TYPE_NAME_LENGTH;
        if (!known) {
            throw GenericErrors.unknownType(name);
        }
        return name;
    }
}
