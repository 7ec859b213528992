// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.survey;

import dev.sigrun.kernel.load.read.Layouts;
import dev.sigrun.kernel.load.read.LoadException;
import dev.sigrun.kernel.load.read.Window;
import dev.sigrun.kernel.rdb.RdbFormat;
import dev.sigrun.kernel.rdb.RdbInput;
import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.RdbException;

/**
 * Passes over values and counts their elements: where a value is packed into one string, that
 * string's head has the number, which is trusted, and says at most 65535. One thread.
 */
final class Elements implements AutoCloseable {
    private static final int ZIPLIST_COUNT_AT = 8;
    private static final int INTSET_COUNT_AT = 4;
    private static final int LISTPACK_COUNT_AT = 4;
    private static final int QUICKLIST_PLAIN = 1;

    private final Window in;
    private final RdbInput decoder = new RdbInput();

    Elements(Window in) {
        this.in = in;
    }

    /** Passes over a value; says how many elements it has. */
    long pass(int layout) throws LoadException, RdbException {
        return switch (layout) {
            case RdbFormat.TYPE_HASH_ZIPMAP -> head(0, 1);
            case RdbFormat.TYPE_LIST_ZIPLIST -> head(ZIPLIST_COUNT_AT, Short.BYTES);
            case RdbFormat.TYPE_ZSET_ZIPLIST, RdbFormat.TYPE_HASH_ZIPLIST ->
                    head(ZIPLIST_COUNT_AT, Short.BYTES) / 2;
            case RdbFormat.TYPE_SET_INTSET -> head(INTSET_COUNT_AT, Integer.BYTES);
            case RdbFormat.TYPE_SET_LISTPACK -> head(LISTPACK_COUNT_AT, Short.BYTES);
            case RdbFormat.TYPE_HASH_LISTPACK, RdbFormat.TYPE_ZSET_LISTPACK ->
                    head(LISTPACK_COUNT_AT, Short.BYTES) / 2;
            case RdbFormat.TYPE_LIST_QUICKLIST -> nodes(false);
            case RdbFormat.TYPE_LIST_QUICKLIST_2 -> nodes(true);
            case RdbFormat.TYPE_STREAM_LISTPACKS,
                    RdbFormat.TYPE_STREAM_LISTPACKS_2,
                    RdbFormat.TYPE_STREAM_LISTPACKS_3 ->
                    Layouts.skipStream(in, layout);
            default -> Layouts.isRow(layout) ? row(layout) : single(layout);
        };
    }

    private long single(int layout) throws LoadException {
        Layouts.skip(in, layout);
        return 1;
    }

    private long row(int layout) throws LoadException {
        long count = in.readLength();
        for (long i = 0; i != count; i++) {
            Layouts.skipElement(in, layout);
        }
        return count;
    }

    private long nodes(boolean isSecond) throws LoadException, RdbException {
        long nodes = in.readLength();
        long count = 0;
        for (long i = 0; i != nodes; i++) {
            if (isSecond && in.readLength() == QUICKLIST_PLAIN) {
                in.skipString();
                count++;
            } else {
                count += head(isSecond ? LISTPACK_COUNT_AT : ZIPLIST_COUNT_AT, Short.BYTES);
            }
        }
        return count;
    }

    /** Passes over a string and reads a number from its head; 0 when it is too short. */
    private long head(int at, int bytes) throws LoadException, RdbException {
        in.keep();
        in.skipString();
        Bytes content = decoder.wrap(in.keptAddress(), in.keptLength()).readString();
        long number = 0;
        for (int i = bytes - 1; i >= 0 && at + bytes <= content.length(); i--) {
            number = number << Byte.SIZE | Memory.getByte(content.address() + at + i) & 0xff;
        }
        in.release();
        return number;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
