// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.kernel.base.Slice;
import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

/** Hands a text to a parser in pieces, as a connection may. */
final class Streams {
    private Streams() {}

    /** Takes bytes from a position on and says where to go on. */
    @FunctionalInterface
    interface Taker extends BiFunction<Bytes, Integer, Integer> {}

    /**
     * Hands all of a text over.
     *
     * @param pieceBytes how much at a time
     */
    static void feed(String text, int pieceBytes, Taker taker) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            int length = Math.min(pieceBytes, bytes.length - from);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment piece = arena.allocate(length);
                MemorySegment.copy(bytes, from, piece, ValueLayout.JAVA_BYTE, 0, length);
                Slice view = new Slice().wrap(piece.address(), length);
                int at = 0;
                while (at < length) {
                    at = taker.apply(view, at);
                }
            }
        }
    }
}
