// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import dev.sigrun.spi.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Bytes off the heap that a test made, and that it can take away again. */
final class FakeBytes extends Bytes {
    private final MemorySegment owner;

    private FakeBytes(MemorySegment owner, int length) {
        this.owner = owner;
        this.address = owner.address();
        this.length = length;
    }

    static FakeBytes of(byte[] content) {
        MemorySegment owner = Arena.ofAuto().allocate(Math.max(content.length, 1));
        MemorySegment.copy(content, 0, owner, ValueLayout.JAVA_BYTE, 0, content.length);
        return new FakeBytes(owner, content.length);
    }

    /** One byte a character. */
    static FakeBytes of(String text) {
        return of(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A second view of the same bytes. */
    FakeBytes lend() {
        return new FakeBytes(owner, length);
    }

    /** Ends the loan: whoever still reads from here fails. */
    void takeBack() {
        length = 0;
    }
}
