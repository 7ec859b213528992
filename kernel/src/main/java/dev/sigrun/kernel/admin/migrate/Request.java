// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.migrate;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A command on its way to a server, word by word. Confined to its thread. */
final class Request {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A command of so many words. */
    Request(int words) {
        header('*', words);
    }

    private void header(char mark, int number) {
        out.write(mark);
        out.writeBytes(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
        end();
    }

    Request word(String text) {
        return word(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Request word(byte[] content) {
        lengthOf(content);
        out.writeBytes(content);
        return end();
    }

    /** Begins a word whose content is sent by itself, since it may be too large to be copied. */
    Request lengthOf(byte[] content) {
        header('$', content.length);
        return this;
    }

    /** Ends a word whose content was sent by itself. */
    Request end() {
        out.write('\r');
        out.write('\n');
        return this;
    }

    /** What was written since this was called last. */
    byte[] take() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }
}
