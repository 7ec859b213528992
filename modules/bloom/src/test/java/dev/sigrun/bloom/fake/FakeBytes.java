// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.bloom.fake;

import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Bytes that stay for as long as their object. */
public final class FakeBytes extends Bytes {
    private final MemorySegment owner;

    private FakeBytes(byte[] content) {
        owner = Arena.ofAuto().allocate(Math.max(1, content.length));
        MemorySegment.copy(content, 0, owner, ValueLayout.JAVA_BYTE, 0, content.length);
        address = owner.address();
        length = content.length;
    }

    /** A view of a copy of {@code content}. */
    public static FakeBytes of(byte[] content) {
        return new FakeBytes(content);
    }

    /** A view of text in UTF-8. */
    public static FakeBytes of(String text) {
        return new FakeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
