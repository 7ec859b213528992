// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Replays what Valkey answered and did, reply by reply and effect by effect. */
final class StringCasesTest {
    private static final String CASES = "/dev/sigrun/core/string-cases.txt";
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:+@-]+");
    private static final long NEAR_MILLIS = 3_000_000;

    @Test
    void answersAndActsAsTheReferenceDoes() {
        replay(3);
    }

    @Test
    void answersInTheOlderProtocolToo() {
        replay(2);
    }

    private static void replay(int protocol) {
        List<String> lines = lines();
        FakeServer server = new FakeServer(protocol);
        int commands = 0;
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.isEmpty()) {
                server.reset();
            } else if (line.startsWith("~ ")) {
                server.key(words(line.substring(2)).getFirst()).holdOther();
            } else if (line.startsWith("> ")) {
                assertEquals(
                        expected(lines, at, protocol),
                        actual(server, line),
                        "line " + (at + 1) + ": " + line);
                commands++;
            }
        }
        assertEquals(true, commands > 1000, "cases found: " + commands);
    }

    private static String expected(List<String> lines, int at, int protocol) {
        StringBuilder out = new StringBuilder();
        String reply = lines.get(at + 1);
        for (int i = at + 2; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("2 ")) {
                reply = protocol == 2 ? line.substring(2) : reply;
            } else if (line.startsWith("@ ") || line.startsWith("& ")) {
                out.append('\n').append(line);
            } else {
                break;
            }
        }
        return reply + out;
    }

    private static String actual(FakeServer server, String line) {
        List<String> command = words(line.substring(2));
        String foreign = foreignReply(server, command);
        if (foreign != null) {
            return foreign;
        }
        StringBuilder out = new StringBuilder(server.run(command));
        for (String event : server.events()) {
            int space = event.indexOf(' ');
            out.append("\n@ ").append(event, 0, space + 1);
            out.append(shown(event.substring(space + 1)));
        }
        for (List<String> replicated : server.replicatedCommands()) {
            List<String> shown = replicated.stream().map(StringCasesTest::shown).toList();
            out.append("\n& ").append(String.join(" ", shown));
        }
        return out.toString();
    }

    /** Answers the few commands that the cases use and that are not string commands. */
    private static String foreignReply(FakeServer server, List<String> command) {
        String name = command.getFirst().toUpperCase(Locale.ROOT);
        if (name.equals("CONFIG")) {
            server.setStringBytesMax(Long.parseLong(command.get(3)));
            return "+OK";
        }
        if (!List.of("EXISTS", "TTL", "EXPIRETIME", "PEXPIRETIME").contains(name)) {
            return null;
        }
        FakeKey key = server.key(command.get(1));
        long at = key.expireAtMillis();
        if (name.equals("EXISTS")) {
            return key.isPresent() ? ":1" : ":0";
        } else if (!key.isPresent()) {
            return ":-2";
        } else if (at == -1) {
            return ":-1";
        }
        return switch (name) {
            case "TTL" -> ":" + (at - FakeServer.NOW_MILLIS + 500) / 1000;
            case "EXPIRETIME" -> ":" + (at + 500) / 1000;
            default -> ":" + at;
        };
    }

    private static String shown(String word) {
        if (word.matches("[0-9]{13}")) {
            long fromNow = Long.parseLong(word) - FakeServer.NOW_MILLIS;
            if (Math.abs(fromNow) < NEAR_MILLIS) {
                return "now+" + fromNow;
            }
        }
        return PLAIN.matcher(word).matches() ? word : FakeReply.quote(word);
    }

    private static List<String> words(String line) {
        List<String> found = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            found.add(matcher.group(2) != null ? matcher.group(2) : unquoted(matcher.group(1)));
        }
        return found;
    }

    private static String unquoted(String quoted) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < quoted.length()) {
            char letter = quoted.charAt(i);
            i++;
            if (letter != '\\') {
                out.append(letter);
                continue;
            }
            char escape = quoted.charAt(i);
            i++;
            switch (escape) {
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'x' -> {
                    out.append((char) Integer.parseInt(quoted.substring(i, i + 2), 16));
                    i += 2;
                }
                default -> out.append(escape);
            }
        }
        return out.toString();
    }

    private static List<String> lines() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                StringCasesTest.class.getResourceAsStream(CASES),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
