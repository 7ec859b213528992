// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import dev.sigrun.memory.Memory;

/**
 * Splits a line into arguments: blanks separate, single and double quotes join wherever they stand
 * in an argument, and escapes work inside double quotes. An argument is never longer than its
 * source, so it is decoded in place.
 */
final class InlineRequest {
    private static final int VERTICAL_TAB = 11;
    private static final int FORM_FEED = 12;

    private long base;
    private int at;
    private int end;
    private int write;

    /**
     * Splits a line.
     *
     * @return whether the quotes are balanced
     */
    boolean split(RequestBatch batch, long bufferBase, int start, int lineEnd) {
        base = bufferBase;
        at = start;
        end = lineEnd;
        while (true) {
            while (at < end && isBlank(get(at))) {
                at++;
            }
            if (at == end) {
                return true;
            }
            int from = at;
            write = at;
            if (!argument()) {
                return false;
            }
            batch.add(from, write - from);
        }
    }

    private boolean argument() {
        while (at < end && !endsArgument(get(at))) {
            int c = get(at);
            if (c == '"') {
                if (!doubleQuoted()) {
                    return false;
                }
            } else if (c == '\'') {
                if (!singleQuoted()) {
                    return false;
                }
            } else {
                put(c);
                at++;
            }
        }
        return true;
    }

    private boolean doubleQuoted() {
        at++;
        while (at < end) {
            int c = get(at);
            if (c == '"') {
                at++;
                return true;
            }
            if (c == '\\'
                    && at + 3 < end
                    && get(at + 1) == 'x'
                    && hex(at + 2) >= 0
                    && hex(at + 3) >= 0) {
                put(hex(at + 2) << 4 | hex(at + 3));
                at += 4;
            } else if (c == '\\' && at + 1 < end) {
                put(escaped(get(at + 1)));
                at += 2;
            } else {
                put(c);
                at++;
            }
        }
        return false;
    }

    private boolean singleQuoted() {
        at++;
        while (at < end) {
            int c = get(at);
            if (c == '\'') {
                at++;
                return true;
            }
            if (c == '\\' && at + 1 < end && get(at + 1) == '\'') {
                put('\'');
                at += 2;
            } else {
                put(c);
                at++;
            }
        }
        return false;
    }

    private static int escaped(int c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'a' -> 7;
            default -> c;
        };
    }

    private int hex(int index) {
        return Character.digit(get(index), 16);
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c >= '\t' && c <= '\r' || c == 0;
    }

    /** Of the blanks that may stand before an argument two do not end one. */
    private static boolean endsArgument(int c) {
        return isBlank(c) && c != VERTICAL_TAB && c != FORM_FEED;
    }

    private int get(int index) {
        return Memory.getByte(base + index) & 0xFF;
    }

    private void put(int value) {
        Memory.putByte(base + write++, (byte) value);
    }
}
