// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Commands as a client would send them. Any thread. */
public final class CommandBytes {
    private CommandBytes() {}

    /** A command with its arguments. */
    public static byte[] of(String name, Bytes... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        begin(out, 1 + arguments.length);
        bulk(out, name.getBytes(StandardCharsets.US_ASCII));
        for (Bytes argument : arguments) {
            bulk(out, argument.copy());
        }
        return out.toByteArray();
    }

    static void begin(ByteArrayOutputStream out, int arguments) {
        out.write('*');
        out.writeBytes(Integer.toString(arguments).getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
    }

    static void bulk(ByteArrayOutputStream out, byte[] content) {
        out.write('$');
        out.writeBytes(Integer.toString(content.length).getBytes(StandardCharsets.US_ASCII));
        out.write('\r');
        out.write('\n');
        out.writeBytes(content);
        out.write('\r');
        out.write('\n');
    }
}
