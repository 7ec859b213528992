// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.read;

import dev.sigrun.kernel.rdb.RdbFormat;
import java.util.List;

/** Any thread. How people call what values are. */
public final class LayoutNames {
    /** The types, in the order in which they are shown. */
    public static final List<String> TYPES =
            List.of("string", "list", "set", "zset", "hash", "module", "stream");

    private static final List<String> LAYOUTS =
            List.of(
                    "string",
                    "list-linked",
                    "set-hashtable",
                    "zset-v1",
                    "hash-hashtable",
                    "zset-v2",
                    "module-pre-release",
                    "module-value",
                    "",
                    "hash-zipmap",
                    "list-ziplist",
                    "set-intset",
                    "zset-ziplist",
                    "hash-ziplist",
                    "quicklist",
                    "stream",
                    "hash-listpack",
                    "zset-listpack",
                    "quicklist-v2",
                    "stream-v2",
                    "set-listpack",
                    "stream-v3",
                    "hash-volatile-items");

    private LayoutNames() {}

    /** The layout. */
    public static String layout(int layout) {
        return layout >= 0 && layout < LAYOUTS.size() ? LAYOUTS.get(layout) : "unknown";
    }

    /** The type of values that are laid out like this. */
    public static String type(int layout) {
        return switch (layout) {
            case RdbFormat.TYPE_STRING -> "string";
            case RdbFormat.TYPE_MODULE_2, RdbFormat.TYPE_MODULE_PRE_GA -> "module";
            case RdbFormat.TYPE_LIST,
                    RdbFormat.TYPE_LIST_ZIPLIST,
                    RdbFormat.TYPE_LIST_QUICKLIST,
                    RdbFormat.TYPE_LIST_QUICKLIST_2 ->
                    "list";
            case RdbFormat.TYPE_SET, RdbFormat.TYPE_SET_INTSET, RdbFormat.TYPE_SET_LISTPACK ->
                    "set";
            case RdbFormat.TYPE_ZSET,
                    RdbFormat.TYPE_ZSET_2,
                    RdbFormat.TYPE_ZSET_ZIPLIST,
                    RdbFormat.TYPE_ZSET_LISTPACK ->
                    "zset";
            case RdbFormat.TYPE_STREAM_LISTPACKS,
                    RdbFormat.TYPE_STREAM_LISTPACKS_2,
                    RdbFormat.TYPE_STREAM_LISTPACKS_3 ->
                    "stream";
            default -> "hash";
        };
    }
}
