// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.sketch;

import dev.sigrun.bloom.page.Pages;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.memory.OffHeap;
import dev.sigrun.spi.reply.ReplyWriter;
import dev.sigrun.spi.type.CommandEmitter;

/**
 * Owner thread only. How a sketch goes through commands in parts, by RedisBloom's protocol of
 * {@code SCANDUMP} and {@code LOADCHUNK}.
 *
 * <p>The first part is a head, and comes with iterator 1. Each further one is some bytes of
 * content, and its iterator is one more than the offset of its end. The last answer is iterator 0
 * and nothing. Content may be in several runs, of which one part never takes from two.
 */
public final class Chunks {
    /** Iterator that asks for the head. */
    public static final long BEGIN = 0;

    /** Iterator of the head. */
    public static final long HEAD = 1;

    /** So much goes in one part, so that a part takes no time worth mentioning. */
    private static final int PART_BYTES_MAX = 8 * Pages.PAGE_BYTES;

    private Chunks() {}

    /** Bytes of content in all. */
    public static long bytes(Pages[] runs) {
        long bytes = 0;
        for (Pages run : runs) {
            bytes += run.bytes();
        }
        return bytes;
    }

    /** Answers with the part that follows an iterator; the head is the caller's. */
    public static void answer(ReplyWriter reply, Pages[] runs, long iterator) {
        long offset = iterator - HEAD;
        long start = 0;
        for (Pages run : runs) {
            if (offset < start + run.bytes()) {
                byte[] part = part(run, offset - start);
                reply.array(2);
                reply.integer(iterator + part.length);
                reply.bulk(part);
                return;
            }
            start += run.bytes();
        }
        reply.array(2);
        reply.integer(0);
        reply.bulk(new byte[0]);
    }

    private static byte[] part(Pages run, long from) {
        byte[] part = new byte[(int) Math.min(PART_BYTES_MAX, run.bytes() - from)];
        run.get(from, part, 0, part.length);
        return part;
    }

    /**
     * Takes a part of content.
     *
     * @return whether it fits in
     */
    public static boolean take(OffHeap memory, Pages[] runs, long iterator, Bytes content) {
        long offset = iterator - HEAD - content.length();
        if (content.isEmpty() || offset < 0) {
            return false;
        }
        long start = 0;
        for (Pages run : runs) {
            if (offset < start + run.bytes()) {
                if (offset + content.length() > start + run.bytes()) {
                    return false;
                }
                run.put(memory, offset - start, content.address(), content.length());
                return true;
            }
            start += run.bytes();
        }
        return false;
    }

    /** Emits everything that is not zero as commands. */
    public static void rewrite(CommandEmitter out, String command, byte[] head, Pages[] runs) {
        out.command(command, 3).key().arg(HEAD).arg(head);
        long start = 0;
        for (Pages run : runs) {
            for (int page = 0; page < run.count(); page++) {
                if (run.isHeld(page)) {
                    byte[] part = new byte[run.pageBytes(page)];
                    long from = (long) page * Pages.PAGE_BYTES;
                    run.get(from, part, 0, part.length);
                    out.command(command, 3).key().arg(HEAD + start + from + part.length).arg(part);
                }
            }
            start += run.bytes();
        }
    }
}
