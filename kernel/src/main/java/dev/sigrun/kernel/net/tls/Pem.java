// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A block of a file in the form PEM: base64 between two lines that say what it is.
 *
 * @param label what it is, for example {@code CERTIFICATE}
 * @param encryption how an old-fashioned key file is encrypted; null when it is not
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares blocks.
record Pem(String label, String encryption, byte[] content) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String ENCRYPTION = "DEK-Info:";

    /** Reads the blocks of a file; whatever is between them does not matter. */
    static List<Pem> read(Path file) throws TlsRefused {
        return parse(TlsFiles.read(file));
    }

    static List<Pem> parse(String text) throws TlsRefused {
        List<Pem> blocks = new ArrayList<>();
        String label = null;
        String encryption = null;
        StringBuilder base64 = new StringBuilder();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith(BEGIN)) {
                label = line.substring(BEGIN.length()).replaceFirst("-+$", "");
                encryption = null;
                base64.setLength(0);
            } else if (label != null && line.startsWith(END)) {
                blocks.add(new Pem(label, encryption, decode(base64.toString())));
                label = null;
            } else if (line.startsWith(ENCRYPTION)) {
                encryption = line.substring(ENCRYPTION.length()).strip();
            } else if (line.indexOf(':') < 0) {
                base64.append(line);
            }
        }
        return blocks;
    }

    private static byte[] decode(String base64) throws TlsRefused {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new TlsRefused("bad base64 decode");
        }
    }
}
