// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Bytes off the heap with the content of a text, one char a byte, for tests of what works on {@link
 * Bytes} alone. They stay valid for as long as the view is reachable. Confined to its thread.
 */
public final class TextBytes extends Bytes {
    /** Holds the memory. */
    @SuppressWarnings("UnusedVariable")
    private final MemorySegment owner;

    private TextBytes(byte[] content) {
        owner = Arena.ofAuto().allocate(Math.max(content.length, 1));
        MemorySegment.copy(content, 0, owner, ValueLayout.JAVA_BYTE, 0, content.length);
        address = owner.address();
        length = content.length;
    }

    /** The bytes of a text. */
    public static Bytes of(String text) {
        return new TextBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
