// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.memory.pack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a test's resource that are no comments. */
final class Lines {
    private Lines() {}

    static List<String> read(String resource) {
        try (InputStream in = Lines.class.getResourceAsStream(resource);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of a line, as a test's name. */
    static String title(String line) {
        return line.length() > 60 ? line.substring(0, 60) : line;
    }
}
