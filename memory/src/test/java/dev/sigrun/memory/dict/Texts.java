// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.dict;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Byte strings off the heap, each in a block of exactly its size, so that the checked mode finds
 * whoever reads past the end. One char is one byte.
 */
final class Texts implements AutoCloseable {
    private final Allocator allocator = new Allocator();
    private final Item item = new Item();
    private long block;
    private int length;

    /** An item over a text, until the next one is asked for. */
    Item item(String text) {
        if (block != 0) {
            allocator.free(block, length);
        }
        byte[] content = text.getBytes(StandardCharsets.ISO_8859_1);
        length = content.length;
        block = allocator.allocate(length);
        Memory.copy(content, 0, block, length);
        return item.bytes(block, length);
    }

    @Override
    public void close() {
        allocator.close();
    }

    /** The content of an element. */
    static String of(long element) {
        if (Element.isInteger(element)) {
            return Long.toString(Element.integer(element));
        }
        byte[] content = new byte[Element.length(element)];
        Memory.copy(Element.address(element), content, 0, content.length);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    /** A text of a kind that is stored in its own way, out of about so many different ones. */
    static String random(SplittableRandom random, int kinds) {
        int number = random.nextInt(kinds);
        SplittableRandom own = new SplittableRandom(number);
        return switch (number % 16) {
            case 0, 1, 2 -> Integer.toString(number);
            case 3 -> Long.toString(own.nextLong());
            case 4 -> Long.toString(own.nextLong() >> own.nextInt(64));
            case 5 -> "0" + number;
            case 6 -> "-0" + number;
            case 7 -> bytes(own, own.nextInt(4));
            case 8 -> bytes(own, 220 + own.nextInt(8));
            case 9 -> number % 64 == 9 ? bytes(own, own.nextInt(3000)) : "n" + number;
            default -> number + ":" + bytes(own, own.nextInt(40));
        };
    }

    static String bytes(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            text.append((char) random.nextInt(256));
        }
        return text.toString();
    }
}
