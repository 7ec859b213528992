// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.lib;

import dev.sigrun.memory.Memory;
import java.util.Arrays;

/** Bytes that are put together, up to the size that a string of the server may have. */
final class ByteSink {
    private static final int BYTES_MAX = 512 << 20;
    private static final int BYTES_KEPT_MAX = 1 << 20;

    private byte[] content = new byte[256];
    private int size;

    void clear() {
        size = 0;
        if (content.length > BYTES_KEPT_MAX) {
            content = new byte[256];
        }
    }

    byte[] content() {
        return content;
    }

    int size() {
        return size;
    }

    private void reserve(long more) {
        if (more > BYTES_MAX - size) {
            throw Failure.of("resulting string too large");
        }
        if (size + more > content.length) {
            long wanted = Math.min(Math.max(2L * content.length, size + more), BYTES_MAX);
            content = Arrays.copyOf(content, (int) wanted);
        }
    }

    void put(int value) {
        reserve(1);
        content[size++] = (byte) value;
    }

    void ascii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            content[size++] = (byte) text.charAt(i);
        }
    }

    void memory(long address, long length) {
        reserve(length);
        Memory.copy(address, content, size, (int) length);
        size += (int) length;
    }

    /** The low bytes of a number, the highest first. */
    void bigEndian(long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            put((int) (value >>> 8 * i));
        }
    }

    /** The low bytes of a number, the lowest first. */
    void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            put((int) (value >>> 8 * i));
        }
    }
}
