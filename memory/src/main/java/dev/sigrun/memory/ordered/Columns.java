// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.ordered;

import dev.sigrun.memory.Memory;

/** Owner thread only. Moves what a {@link Page} holds of several entries, and cuts entries out. */
final class Columns {
    private static final long LANES = 0x0001000100010001L;
    private static final int LANES_PER_WORD = 4;

    private Columns() {}

    /**
     * Copies ends and moves them by a distance. Four at a time in one word: none can run over into
     * its neighbour, since no text is as long as that.
     *
     * @param target may be before the source, and overlap it
     */
    static void copyEnds(long source, long target, int count, int distance) {
        int index = 0;
        long up = distance > 0 ? distance * LANES : 0;
        long down = distance < 0 ? -distance * LANES : 0;
        for (; index + LANES_PER_WORD <= count; index += LANES_PER_WORD) {
            long at = (long) index << 1;
            Memory.putLong(target + at, Memory.getLong(source + at) + up - down);
        }
        for (; index < count; index++) {
            long at = (long) index << 1;
            Memory.putShort(target + at, (short) (Memory.getShort(source + at) + distance));
        }
    }

    /**
     * Takes the entries from one index up to another out of a page, in its block. The columns move
     * towards the beginning one after the other, so that none is overwritten before it has moved.
     */
    static void cut(long page, int from, int to) {
        int level = Page.level(page);
        int count = Page.count(page);
        int rest = count - to;
        int left = count - (to - from);
        long ends = Page.ends(page, level, count);
        long texts = Page.texts(page, level, count);
        int start = Page.start(ends, from);
        int end = Page.end(ends, to - 1);
        int total = Page.end(ends, count - 1);

        long source = page + Page.HEADER;
        long target = source;
        for (long width : Page.columns(level)) {
            Memory.copy(source, target, from * width);
            if (width == Page.END_BYTES) {
                copyEnds(source + to * width, target + from * width, rest, start - end);
            } else {
                Memory.copy(source + to * width, target + from * width, rest * width);
            }
            source += count * width;
            target += left * width;
        }
        Memory.copy(texts, target, start);
        Memory.copy(texts + end, target + start, total - end);
        Page.count(page, left);
    }
}
