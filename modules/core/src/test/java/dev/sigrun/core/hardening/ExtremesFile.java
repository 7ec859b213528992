// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of sound commands with what comes of them when one argument is an extreme word. A line
 * begins with what it is: {@code =} is a command that makes the keys {@code k} and {@code l} (the
 * key {@code d} is for results), {@code ?} one that reads what has changed, both for all commands
 * up to the next empty line; {@code >} is a command, in which {@code ~} marks words that stay.
 * After a command come the outcomes: position of the argument, the words, a colon and what {@link
 * ExtremesReplay} says. The star stands for all words that have no other outcome. Confined to the
 * test's thread.
 */
final class ExtremesFile {
    /** A command with its surroundings. */
    record Sample(
            int line, List<String> setup, List<String> reads, String command, List<String> lines) {}

    private final List<Sample> samples = new ArrayList<>();
    private final List<String> lines;

    ExtremesFile(List<String> lines) {
        this.lines = lines;
        List<String> setup = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.isEmpty()) {
                setup = new ArrayList<>();
                reads = new ArrayList<>();
            } else if (line.startsWith("= ")) {
                setup.add(line.substring(2));
            } else if (line.startsWith("? ")) {
                reads.add(line.substring(2));
            } else if (line.startsWith("> ")) {
                samples.add(new Sample(at + 1, setup, reads, line.substring(2), outcomes(at + 1)));
            }
        }
    }

    /** Reads {@code hardening-TYPE.txt}. */
    static ExtremesFile read(String type) {
        String resource = "/dev/sigrun/core/hardening-" + type + ".txt";
        try (InputStream in = ExtremesFile.class.getResourceAsStream(resource);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new ExtremesFile(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> outcomes(int from) {
        int end = from;
        while (end < lines.size() && isOutcome(lines.get(end))) {
            end++;
        }
        return List.copyOf(lines.subList(from, end));
    }

    static boolean isOutcome(String line) {
        return !line.isEmpty() && Character.isDigit(line.charAt(0));
    }

    List<Sample> samples() {
        return samples;
    }
}
