// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Bytes that live as long as the view does. */
final class FakeBytes extends Bytes {
    /** Holds the memory. */
    @SuppressWarnings("UnusedVariable")
    private final MemorySegment owner;

    private FakeBytes(byte[] content) {
        MemorySegment block = Arena.ofAuto().allocate(Math.max(content.length, 1));
        MemorySegment.copy(content, 0, block, ValueLayout.JAVA_BYTE, 0, content.length);
        owner = block;
        address = block.address();
        length = content.length;
    }

    /** One byte a character. */
    static Bytes of(String text) {
        return new FakeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
