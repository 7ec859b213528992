// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.memory.Memory;
import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * Collects what makes two values equal, in full rather than hashed. The order of elements does not
 * matter. Owner thread only.
 */
final class ContentDigest implements Digest {
    private final TreeMap<String, Integer> elements = new TreeMap<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    @Override
    public void add(long value) {
        open.writeBytes((value + ";").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void add(Bytes content) {
        add(content.copy());
    }

    @Override
    public void add(byte[] content) {
        add(content.length);
        open.writeBytes(content);
    }

    @Override
    public void add(long address, long length) {
        byte[] content = new byte[Math.toIntExact(length)];
        Memory.copy(address, content, 0, content.length);
        add(content);
    }

    @Override
    public void ordered(long address, long length) {
        add(elements.size());
        add(address, length);
        endElement();
    }

    @Override
    public void unordered(long address, long length) {
        add(address, length);
        endElement();
    }

    @Override
    public void endElement() {
        elements.merge(open.toString(StandardCharsets.ISO_8859_1), 1, Integer::sum);
        open.reset();
    }

    String text() {
        endElement();
        return elements.toString();
    }
}
