// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replays what the reference server answered. Commands of the kernel are left out here. */
final class GenericCasesTest {
    @Test
    void answersAsTheReferenceServerDid() throws IOException {
        FakeServer server = new FakeServer();
        List<String> differences = new ArrayList<>();
        int cases = 0;
        try (BufferedReader in = open()) {
            String line;
            while ((line = in.readLine()) != null) {
                if (line.isEmpty()) {
                    server.flush();
                } else if (line.startsWith("> ")) {
                    String expected = in.readLine();
                    cases += compare(server, line.substring(2), expected, differences);
                }
            }
        }
        assertEquals(List.of(), differences);
        assertTrue(cases > 1000, "only " + cases + " cases ran");
    }

    private static int compare(
            FakeServer server, String command, String expected, List<String> differences) {
        List<String> words = Quoting.split(command);
        if (!server.knows(words.get(0))) {
            return 0;
        }
        String answer = server.run(words);
        if (!answer.equals(expected)) {
            differences.add(command + " gave " + answer + ", expected " + expected);
        }
        return 1;
    }

    private static BufferedReader open() {
        return new BufferedReader(
                new InputStreamReader(
                        GenericCasesTest.class.getResourceAsStream(
                                "/dev/sigrun/core/generic-cases.txt"),
                        StandardCharsets.UTF_8));
    }
}
