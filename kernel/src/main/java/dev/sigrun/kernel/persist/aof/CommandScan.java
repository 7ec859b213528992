// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import java.util.Locale;

/**
 * Finds where commands begin and end in a file of commands, and leaves out the lines between them
 * that are none. Sees the file piece by piece; keeps no content. One thread at a time.
 */
final class CommandScan {
    /** Longer lines can be neither numbers nor annotations. */
    private static final int LINE_BYTES_MAX = 1024;

    /** The names that matter are not longer. */
    private static final int NAME_BYTES_MAX = 8;

    private enum State {
        BEGIN,
        ANNOTATION,
        COUNT,
        LENGTH,
        CONTENT,
        LINE_END
    }

    private final StringBuilder line = new StringBuilder();
    private final StringBuilder name = new StringBuilder();
    private State state = State.BEGIN;
    private long offset;
    private long validEnd;
    private long multiBegin;
    private boolean inMulti;
    private long arguments;
    private long argument;
    private long missing;
    private boolean broken;
    private int passedFrom;
    private int commands;
    private long timestampMax = Long.MAX_VALUE;
    private boolean isTooLate;

    /** Begins at an offset in the file. */
    CommandScan(long offset) {
        this.offset = offset;
        this.validEnd = offset;
        this.multiBegin = offset;
    }

    /** Stops at the first annotation with a later time. */
    void until(long unixSeconds) {
        timestampMax = unixSeconds;
    }

    /** Whether an annotation with a later time was found; the valid end is before it. */
    boolean isTooLate() {
        return isTooLate;
    }

    /** Whether what comes makes no sense. */
    boolean isBroken() {
        return broken;
    }

    /** Where the last complete command ends, or the line behind it. */
    long validEnd() {
        return inMulti ? multiBegin : validEnd;
    }

    /** Whether a transaction has begun and not ended. */
    boolean isInMulti() {
        return inMulti;
    }

    /** Whether a command or line has begun and not ended. */
    boolean isInside() {
        return state != State.BEGIN;
    }

    /** Commands that were complete in the last piece. */
    int commands() {
        return commands;
    }

    /**
     * Looks at the next bytes of the file, and moves together what belongs to commands.
     *
     * @return how many bytes that is, at the beginning of the array
     */
    int take(byte[] content, int length) {
        int at = 0;
        int kept = 0;
        commands = 0;
        passedFrom = 0;
        while (at < length && !broken && !isTooLate) {
            boolean wasAnnotation = state == State.ANNOTATION;
            if (state == State.CONTENT || state == State.LINE_END) {
                int part = (int) Math.min(missing, length - at);
                if (state == State.CONTENT && argument == 0) {
                    takeName(content, at, part);
                }
                at += part;
                missing -= part;
                offset += part;
                if (missing == 0) {
                    partIsOver();
                }
                continue;
            }
            byte b = content[at];
            boolean begins = state == State.BEGIN;
            takeByte(b);
            if (begins && state == State.ANNOTATION) {
                kept = keep(content, kept, at);
                wasAnnotation = true;
            }
            at++;
            offset++;
            if (wasAnnotation && state == State.BEGIN) {
                passedFrom = at;
                lineIsOver();
            } else if (wasAnnotation) {
                passedFrom = at;
            }
        }
        return broken ? kept : keep(content, kept, at);
    }

    /** Moves what has been passed since the last annotation up to those before. */
    private int keep(byte[] content, int kept, int to) {
        int length = Math.max(to - passedFrom, 0);
        if (passedFrom != kept) {
            System.arraycopy(content, passedFrom, content, kept, length);
        }
        passedFrom = to;
        return kept + length;
    }

    private void takeByte(byte b) {
        switch (state) {
            case BEGIN -> {
                line.setLength(0);
                if (b == '#') {
                    state = State.ANNOTATION;
                } else if (b == '*') {
                    state = State.COUNT;
                } else {
                    broken = true;
                }
            }
            case ANNOTATION -> {
                if (b == '\n') {
                    state = State.BEGIN;
                } else {
                    add(b);
                }
            }
            case COUNT -> {
                if (b == '\n') {
                    countIsKnown();
                } else {
                    add(b);
                }
            }
            default -> takeLength(b);
        }
    }

    private void takeLength(byte b) {
        if (line.isEmpty() && b != '$') {
            broken = true;
        } else if (b == '\n') {
            missing = number(line, 1);
            broken |= missing < 0;
            state = missing == 0 ? State.LINE_END : State.CONTENT;
            missing = missing == 0 ? 2 : missing;
        } else {
            add(b);
        }
    }

    private void add(byte b) {
        line.append((char) (b & 0xff));
        broken |= line.length() > LINE_BYTES_MAX;
    }

    private void countIsKnown() {
        arguments = number(line, 0);
        argument = 0;
        broken |= arguments < 1 || arguments > Integer.MAX_VALUE;
        name.setLength(0);
        beginArgument();
    }

    private void beginArgument() {
        line.setLength(0);
        state = State.LENGTH;
    }

    private void takeName(byte[] content, int at, int length) {
        for (int i = 0; i < length && name.length() <= NAME_BYTES_MAX; i++) {
            name.append((char) (content[at + i] & 0xff));
        }
    }

    private void partIsOver() {
        if (state == State.CONTENT) {
            state = State.LINE_END;
            missing = 2;
        } else if (++argument < arguments) {
            beginArgument();
        } else {
            state = State.BEGIN;
            commands++;
            commandIsOver();
        }
    }

    private void commandIsOver() {
        switch (name.toString().toLowerCase(Locale.ROOT)) {
            case "multi" -> {
                if (!inMulti) {
                    multiBegin = validEnd;
                    inMulti = true;
                }
            }
            case "exec", "discard" -> inMulti = false;
            default -> {
                // No other command is about transactions.
            }
        }
        validEnd = offset;
    }

    private void lineIsOver() {
        if (timestampMax != Long.MAX_VALUE
                && line.toString().startsWith("TS:")
                && number(line, 3) > timestampMax) {
            isTooLate = true;
            return;
        }
        validEnd = offset;
    }

    /** The number that a line ends with; -1 when it is none. */
    private static long number(StringBuilder line, int from) {
        int end = line.length();
        if (end > from && line.charAt(end - 1) == '\r') {
            end--;
        }
        if (end == from || end - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = line.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
