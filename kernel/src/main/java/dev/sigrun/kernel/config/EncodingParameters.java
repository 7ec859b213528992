// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;

/** When a small collection changes its compact encoding for a scalable one. */
public final class EncodingParameters {
    public static final LongParameter LIST_MAX_LISTPACK_SIZE =
            number("list-max-listpack-size list-max-ziplist-size", -2, HONOURED)
                    .between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final LongParameter LIST_COMPRESS_DEPTH =
            number("list-compress-depth", 0, HONOURED).between(0, Integer.MAX_VALUE);
    public static final LongParameter STREAM_NODE_MAX_ENTRIES =
            number("stream-node-max-entries", 100, HONOURED).between(0, Long.MAX_VALUE);
    public static final LongParameter HASH_MAX_LISTPACK_ENTRIES =
            number("hash-max-listpack-entries hash-max-ziplist-entries", 512, HONOURED, UNSIGNED)
                    .between(0, Long.MAX_VALUE);
    public static final LongParameter SET_MAX_INTSET_ENTRIES =
            number("set-max-intset-entries", 512, HONOURED, UNSIGNED).between(0, Long.MAX_VALUE);
    public static final LongParameter SET_MAX_LISTPACK_ENTRIES =
            number("set-max-listpack-entries", 128, HONOURED, UNSIGNED).between(0, Long.MAX_VALUE);
    public static final LongParameter SET_MAX_LISTPACK_VALUE =
            number("set-max-listpack-value", 64, HONOURED, UNSIGNED).between(0, Long.MAX_VALUE);
    public static final LongParameter ZSET_MAX_LISTPACK_ENTRIES =
            number("zset-max-listpack-entries zset-max-ziplist-entries", 128, HONOURED, UNSIGNED)
                    .between(0, Long.MAX_VALUE);
    public static final LongParameter HASH_MAX_LISTPACK_VALUE =
            size("hash-max-listpack-value hash-max-ziplist-value", 64, HONOURED, UNSIGNED);
    public static final LongParameter STREAM_NODE_MAX_BYTES =
            size("stream-node-max-bytes", 4096, HONOURED, UNSIGNED);
    public static final LongParameter ZSET_MAX_LISTPACK_VALUE =
            size("zset-max-listpack-value zset-max-ziplist-value", 64, HONOURED, UNSIGNED);
    public static final LongParameter HLL_SPARSE_MAX_BYTES =
            size("hll-sparse-max-bytes", 3000, HONOURED, UNSIGNED);

    private EncodingParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            LIST_MAX_LISTPACK_SIZE,
            LIST_COMPRESS_DEPTH,
            STREAM_NODE_MAX_ENTRIES,
            HASH_MAX_LISTPACK_ENTRIES,
            SET_MAX_INTSET_ENTRIES,
            SET_MAX_LISTPACK_ENTRIES,
            SET_MAX_LISTPACK_VALUE,
            ZSET_MAX_LISTPACK_ENTRIES,
            HASH_MAX_LISTPACK_VALUE,
            STREAM_NODE_MAX_BYTES,
            ZSET_MAX_LISTPACK_VALUE,
            HLL_SPARSE_MAX_BYTES,
        };
    }
}
