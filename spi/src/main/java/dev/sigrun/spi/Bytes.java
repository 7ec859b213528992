// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A lent view of bytes that live off the heap: an argument of a command, a string value, a part of
 * a payload.
 *
 * <p>The view is a flyweight. The kernel moves it over other bytes as soon as the call that lent it
 * has returned, and before that as soon as the key it was taken from is changed; keep the content
 * with {@link #copy()}. A view that outlived its call has length 0 in the checked mode that tests
 * use, so every access to it fails.
 *
 * <p>Every access is checked against the length. Owner thread only.
 */
@ForKernel
public abstract class Bytes {
    @SuppressWarnings("restricted") // One view of all memory is what makes lent bytes free of cost.
    private static final MemorySegment EVERYTHING = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The address of the first byte. */
    protected long address;

    /** The number of bytes. */
    protected int length;

    /** For the kernel's own flyweights. */
    protected Bytes() {}

    /**
     * A view of a constant, which stays valid for as long as the view is reachable. Meant for
     * static constants.
     *
     * @param text the content, encoded in UTF-8
     */
    public static Bytes constant(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        // An automatic arena is tied to this object: the constant goes when nobody holds the view.
        Constant view = new Constant(Arena.ofAuto().allocate(Math.max(content.length, 1)));
        MemorySegment.copy(content, 0, view.owner, ValueLayout.JAVA_BYTE, 0, content.length);
        view.address = view.owner.address();
        view.length = content.length;
        return view;
    }

    /** The number of bytes. */
    public final int length() {
        return length;
    }

    /** The address of the first byte; only meaningful together with {@link #length()}. */
    public final long address() {
        return address;
    }

    /** Whether there are no bytes. */
    public final boolean isEmpty() {
        return length == 0;
    }

    /**
     * The byte at {@code index}.
     *
     * @throws IndexOutOfBoundsException when {@code index} is outside of the view
     */
    public final byte byteAt(int index) {
        Objects.checkIndex(index, length);
        return EVERYTHING.get(ValueLayout.JAVA_BYTE, address + index);
    }

    /**
     * Eight bytes from {@code index} on, in little-endian order.
     *
     * @throws IndexOutOfBoundsException when they are not all inside the view
     */
    public final long longAt(int index) {
        Objects.checkFromIndexSize(index, Long.BYTES, length);
        return EVERYTHING.get(LONG, address + index);
    }

    /** The same bytes as a bounds-checked segment, valid exactly as long as this view. */
    public final MemorySegment segment() {
        return EVERYTHING.asSlice(address, length);
    }

    /** A copy of the content on the heap, which may be kept. */
    public final byte[] copy() {
        byte[] content = new byte[length];
        MemorySegment.copy(EVERYTHING, ValueLayout.JAVA_BYTE, address, content, 0, content.length);
        return content;
    }

    /** The content as text, one character a byte (ISO 8859-1), so that nothing is lost. */
    public final String text() {
        return new String(copy(), StandardCharsets.ISO_8859_1);
    }

    /** Whether both views have the same content. */
    public final boolean contentEquals(Bytes other) {
        if (length != other.length) {
            return false;
        }
        return segment().mismatch(other.segment()) == -1;
    }

    /**
     * Whether the content is {@code word}, with ASCII letters compared without regard to case. This
     * is how option names are recognised.
     *
     * @param word ASCII text
     */
    public final boolean is(String word) {
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int here = EVERYTHING.get(ValueLayout.JAVA_BYTE, address + i);
            int there = word.charAt(i);
            if (here != there && lower(here) != lower(there)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    /** The content as text, for messages and debuggers. */
    @Override
    public final String toString() {
        return text();
    }

    private static final class Constant extends Bytes {
        private final MemorySegment owner;

        private Constant(MemorySegment owner) {
            this.owner = owner;
        }
    }
}
