// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.rdb.RdbOutput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a part of a snapshot keeps while it waits. */
final class PieceTest {
    private final RdbOutput out = RdbOutput.keeping(RdbOutput.BYTES_MAX, true);

    private static byte[] content(Piece piece) {
        return Arrays.copyOf(piece.content(), piece.length());
    }

    @Test
    void aPieceWithLittleInItTakesLittleMemory() {
        Piece piece = new Piece();
        byte[] little = "one small key".getBytes(StandardCharsets.US_ASCII);
        out.writeRaw(little, 0, little.length);
        piece.take(out);
        assertArrayEquals(little, content(piece));
        assertTrue(piece.content().length < 2048, () -> "it has " + piece.content().length);
    }

    @Test
    void aPieceThatWasSmallIsUsedAgainForOneThatIsNot() {
        Piece first = new Piece();
        out.writeByte(1);
        first.take(out);
        first.encode(RdbOutput.keeping(RdbOutput.BYTES_MAX, true));
        Piece second = new Piece(first);
        byte[] much = new byte[Piece.BYTES];
        Arrays.fill(much, (byte) 7);
        out.writeRaw(much, 0, much.length);
        second.take(out);
        assertArrayEquals(much, content(second));
    }
}
