// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.kernel.rdb.RdbFormat;

/**
 * How long values are: passes over each type's layout without looking at what its strings hold. The
 * thread that reads alone.
 */
public final class Layouts {
    private Layouts() {}

    /** Whether a layout is a count and so many elements. */
    public static boolean isRow(int layout) {
        return switch (layout) {
            case RdbFormat.TYPE_LIST,
                    RdbFormat.TYPE_SET,
                    RdbFormat.TYPE_ZSET,
                    RdbFormat.TYPE_ZSET_2,
                    RdbFormat.TYPE_HASH,
                    RdbFormat.TYPE_HASH_2,
                    RdbFormat.TYPE_LIST_QUICKLIST,
                    RdbFormat.TYPE_LIST_QUICKLIST_2 ->
                    true;
            default -> false;
        };
    }

    /** Passes over one element of a row. */
    public static void skipElement(Window in, int layout) throws LoadException {
        switch (layout) {
            case RdbFormat.TYPE_ZSET -> {
                in.skipString();
                int length = in.readByte();
                in.skip(length < 253 ? length : 0);
            }
            case RdbFormat.TYPE_ZSET_2 -> {
                in.skipString();
                in.skip(Double.BYTES);
            }
            case RdbFormat.TYPE_HASH -> {
                in.skipString();
                in.skipString();
            }
            case RdbFormat.TYPE_HASH_2 -> {
                in.skipString();
                in.skipString();
                in.skip(Long.BYTES);
            }
            case RdbFormat.TYPE_LIST_QUICKLIST_2 -> {
                in.readLength();
                in.skipString();
            }
            default -> in.skipString();
        }
    }

    /** Passes over a value. */
    public static void skip(Window in, int layout) throws LoadException {
        if (isRow(layout)) {
            long count = in.readLength();
            for (long i = 0; i != count; i++) {
                skipElement(in, layout);
            }
            return;
        }
        switch (layout) {
            case RdbFormat.TYPE_STREAM_LISTPACKS,
                    RdbFormat.TYPE_STREAM_LISTPACKS_2,
                    RdbFormat.TYPE_STREAM_LISTPACKS_3 -> {
                long _ = skipStream(in, layout);
            }
            case RdbFormat.TYPE_MODULE_2 -> skipModule(in);
            case RdbFormat.TYPE_MODULE_PRE_GA ->
                    throw LoadException.corrupt("Pre-release module format not supported");
            default -> in.skipString();
        }
    }

    /** Whether a layout is one of a stream. */
    public static boolean isStream(int layout) {
        return layout == RdbFormat.TYPE_STREAM_LISTPACKS
                || layout == RdbFormat.TYPE_STREAM_LISTPACKS_2
                || layout == RdbFormat.TYPE_STREAM_LISTPACKS_3;
    }

    /** Passes over a stream; says how many entries it has. */
    public static long skipStream(Window in, int layout) throws LoadException {
        StreamItems items = new StreamItems().begin(layout);
        boolean more = true;
        while (more) {
            more = items.pass(in);
        }
        return items.entries();
    }

    /** Passes over a module's value or auxiliary data, from its number to its end. */
    public static void skipModule(Window in) throws LoadException {
        in.readLength();
        while (true) {
            long kind = in.readLength();
            if (kind == 0) {
                return;
            }
            switch (Math.clamp(kind, -1, 6)) {
                case 1, 2 -> in.readLength();
                case 3 -> in.skip(Float.BYTES);
                case 4 -> in.skip(Double.BYTES);
                case 5 -> in.skipString();
                default ->
                        throw LoadException.corrupt(
                                "Error reading module value: unknown part of kind " + kind);
            }
        }
    }
}
