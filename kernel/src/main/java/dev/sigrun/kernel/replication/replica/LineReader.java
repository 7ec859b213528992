// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.replication.replica;

import dev.sigrun.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects one line after the other from bytes that arrive in any pieces. Owner thread only. */
final class LineReader {
    /** No answer that a primary gives is nearly as long. */
    static final int LINE_BYTES_MAX = 1024;

    private final ByteArrayOutputStream started = new ByteArrayOutputStream();
    private boolean complete;
    private boolean tooLong;

    /**
     * Takes bytes up to the end of a line.
     *
     * @return where to go on
     */
    int take(Bytes content, int from) {
        if (complete) {
            complete = false;
            started.reset();
        }
        for (int i = from; i < content.length(); i++) {
            byte letter = content.byteAt(i);
            if (letter == '\n') {
                complete = true;
                return i + 1;
            }
            if (started.size() == LINE_BYTES_MAX) {
                tooLong = true;
                return content.length();
            }
            started.write(letter);
        }
        return content.length();
    }

    /** Whether the bytes taken last have completed a line. */
    boolean isComplete() {
        return complete;
    }

    /** Whether a line is longer than any may be; there is no use in going on. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The line, without its end. */
    String line() {
        String text = started.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
