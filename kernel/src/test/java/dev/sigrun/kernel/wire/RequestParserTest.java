// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sigrun.memory.Allocator;
import dev.sigrun.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The same bytes mean the same requests, however they arrive. */
final class RequestParserTest {
    private static final int BATCH = 64;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final long BULK_BYTES_MAX = 512L << 20;

    /** What came of some input: the requests, and the error at their end or null. */
    private record Outcome(List<List<String>> requests, String error) {}

    private static Outcome whole(String input) {
        return parse(input, List.of(input.length()));
    }

    /** Lets the input arrive up to each of the given ends in turn. */
    private static Outcome parse(String input, List<Integer> ends) {
        List<List<String>> requests = new ArrayList<>();
        RequestParser parser = new RequestParser();
        RequestBatch batch = new RequestBatch(BATCH);
        try (Allocator allocator = new Allocator()) {
            long base = allocator.allocate(BUFFER_BYTES);
            int used = 0;
            int from = 0;
            for (int end : ends) {
                byte[] piece = input.substring(from, end).getBytes(StandardCharsets.ISO_8859_1);
                Memory.copy(piece, 0, base + used, piece.length);
                used += piece.length;
                from = end;
                drain(parser, batch, base, used, requests);
                // What is incomplete moves to the front, as a connection moves it.
                int start = parser.commandStart();
                Memory.copy(base + start, base, used - start);
                batch.consume(start);
                parser.rebase();
                used -= start;
                if (parser.error() != null) {
                    break;
                }
            }
            allocator.free(base, BUFFER_BYTES);
        }
        return new Outcome(requests, parser.error());
    }

    private static void drain(
            RequestParser parser,
            RequestBatch batch,
            long base,
            int limit,
            List<List<String>> requests) {
        do {
            parser.parse(batch, base, limit, Integer.MAX_VALUE, BULK_BYTES_MAX, true);
            for (int i = 0; i < batch.commands(); i++) {
                requests.add(request(batch, base, i));
            }
            boolean full = batch.isFull();
            batch.consume(0);
            if (!full) {
                return;
            }
        } while (true);
    }

    private static List<String> request(RequestBatch batch, long base, int command) {
        List<String> words = new ArrayList<>();
        int first = batch.firstArgument(command);
        for (int i = first; i < first + batch.argumentCount(command); i++) {
            byte[] word = new byte[batch.length(i)];
            Memory.copy(base + batch.offset(i), word, 0, word.length);
            words.add(new String(word, StandardCharsets.ISO_8859_1));
        }
        return words;
    }

    @Test
    void takesBothFormsOfRequests() {
        Outcome outcome = whole("*2\r\n$3\r\nGET\r\n$1\r\na\r\nset 'b c' \"d\\x41\"\r\n*0\r\n\r\n");
        assertNull(outcome.error());
        assertEquals(List.of(List.of("GET", "a"), List.of("set", "b c", "dA")), outcome.requests());
    }

    @Test
    void quotesMayOpenAndCloseWithinAnInlineArgument() {
        Outcome outcome = whole("set \"\"\"tes\"t-'k'e\"y\" \"a\"'-'b\u000bc\r\n");
        assertNull(outcome.error());
        assertEquals(List.of(List.of("set", "test-key", "a-b\u000bc")), outcome.requests());
    }

    @Test
    void everyCutGivesTheSameRequests() {
        String set = "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\n\r\n\r\n\r\n";
        String input = set + "get a\r\n*0\r\n\r\n*1\r\n$4\r\nPING\r\n";
        Outcome expected = whole(input);
        assertEquals(3, expected.requests().size());
        for (int one = 0; one <= input.length(); one++) {
            for (int two = one; two <= input.length(); two++) {
                assertEquals(expected, parse(input, List.of(one, two, input.length())));
            }
        }
    }

    @Test
    void damagedInputMeansTheSameHoweverItArrives() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        System.out.println("RequestParserTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 3000; round++) {
            String input = damaged(random);
            Outcome expected = whole(input);
            Outcome actual = parse(input, cuts(input.length(), random));
            assertEquals(expected, actual, input);
        }
    }

    private static List<Integer> cuts(int length, SplittableRandom random) {
        List<Integer> ends = new ArrayList<>();
        for (int at = random.nextInt(40); at < length; at += random.nextInt(40)) {
            ends.add(at);
        }
        ends.add(length);
        return ends;
    }

    private static String damaged(SplittableRandom random) {
        StringBuilder input = new StringBuilder();
        int requests = random.nextInt(1, 150);
        for (int i = 0; i < requests; i++) {
            if (random.nextInt(4) == 0) {
                input.append("set k \"v w\\x0a\" 'x'\r\n");
                continue;
            }
            int words = random.nextInt(0, 5);
            input.append('*').append(words).append("\r\n");
            for (int k = 0; k < words; k++) {
                int length = random.nextInt(20);
                input.append('$').append(length).append("\r\n");
                input.append("\r".repeat(length)).append("\r\n");
            }
        }
        int changes = random.nextInt(3);
        String likely = "*$\r\n0123456789-\"' ";
        for (int i = 0; i < changes; i++) {
            char letter = likely.charAt(random.nextInt(likely.length()));
            input.setCharAt(random.nextInt(input.length()), letter);
        }
        return input.toString();
    }
}
