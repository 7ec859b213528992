// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class StringDocsTest {
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^  \"([a-z]+)\": \\{$");

    @Test
    void everyCommandIsDocumentedAndNothingElse() throws IOException {
        String json;
        try (InputStream in =
                StringDocsTest.class.getResourceAsStream("/dev/sigrun/core/string.json")) {
            json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        TreeSet<String> documented =
                TOP_LEVEL
                        .matcher(json)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        FakeServer server = new FakeServer(3);
        assertEquals(new TreeSet<>(server.specs().keySet()), documented);
        assertEquals(24, documented.size());
        server.specs()
                .values()
                .forEach(spec -> assertEquals("dev/sigrun/core/string.json", spec.docs()));
    }
}
