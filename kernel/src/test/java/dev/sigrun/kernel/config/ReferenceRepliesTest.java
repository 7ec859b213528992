// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferenceRepliesTest {
    @Test
    void configSetRepliesAndShowsWhatTheReferenceDoes() {
        Config config = new Config(new FakeFiles());
        config.load(SecurityParameters.ENABLE_PROTECTED_CONFIGS, List.of("yes"));
        List<String> expected = Facts.lines("set-replies.txt");
        List<String> actual = new ArrayList<>();
        for (String line : expected) {
            String[] fields = line.split("\t", -1);
            String value = Facts.unescape(fields[1]);
            String reply = config.set(List.of(fields[0], value), true, false);
            String shown = config.get(List.of(fields[0])).get(fields[0]);
            actual.add(
                    String.join(
                            "\t",
                            fields[0],
                            fields[1],
                            reply == null ? "OK" : reply,
                            shown.replace("\\", "\\\\").replace("\0", "\\x00")));
        }
        expected = new ArrayList<>(expected);
        expected.removeAll(actual);
        assertEquals(List.of(), expected);
    }
}
