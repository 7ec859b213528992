// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.load.check;

import dev.sigrun.spi.Bytes;
import dev.sigrun.spi.type.CommandEmitter;
import java.nio.charset.StandardCharsets;

/**
 * Measures the elements of a value by the commands that would make it: so each type is asked in the
 * same way, however its values are kept.
 */
final class ElementSizes implements CommandEmitter {
    /** How the arguments of a command make elements. */
    private enum Way {
        EACH(0, 1),
        PAIRS(0, 2),
        /** Behind {@code PXAT when FIELDS 1}. */
        LATE_PAIRS(4, 2),
        /** Behind the entry's identifier; an entry is an element, and its pairs are measured. */
        ENTRY(1, 2),
        NONE(Integer.MAX_VALUE, 1);

        private final int skipped;
        private final int together;

        Way(int skipped, int together) {
            this.skipped = skipped;
            this.together = together;
        }
    }

    private TypeProfile profile;
    private Way way = Way.NONE;
    private int argument;
    private long length;
    private long elements;

    /** Begins with another value. */
    void begin(TypeProfile to) {
        profile = to;
        elements = 0;
        way = Way.NONE;
    }

    /** Counts what has come of the value. */
    void end() {
        profile.elements(elements);
    }

    @Override
    public CommandEmitter command(String name, int arguments) {
        way =
                switch (name) {
                    case "RPUSH", "SADD" -> Way.EACH;
                    case "HMSET", "HSET", "ZADD" -> Way.PAIRS;
                    case "HSETEX" -> Way.LATE_PAIRS;
                    case "XADD" -> Way.ENTRY;
                    default -> Way.NONE;
                };
        argument = 0;
        length = 0;
        return this;
    }

    private CommandEmitter take(int bytes) {
        int place = argument++ - way.skipped;
        if (place < 0) {
            return this;
        }
        length += bytes;
        if (place % way.together == way.together - 1) {
            profile.element(length);
            length = 0;
            elements += way == Way.ENTRY ? 0 : 1;
        }
        return this;
    }

    @Override
    public CommandEmitter arg(Bytes content) {
        countEntry();
        return take(content.length());
    }

    private void countEntry() {
        if (way == Way.ENTRY && argument == 0) {
            elements++;
        }
    }

    @Override
    public CommandEmitter arg(byte[] content) {
        countEntry();
        return take(content.length);
    }

    @Override
    public CommandEmitter arg(String text) {
        if (way == Way.ENTRY && argument == 0) {
            // An option in the place of an identifier: the entry is cut off at once.
            way = Way.NONE;
        }
        return take(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public CommandEmitter arg(long value) {
        return take(Long.toString(value).length());
    }

    @Override
    public CommandEmitter key() {
        return this;
    }
}
