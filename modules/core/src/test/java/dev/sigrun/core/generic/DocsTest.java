// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.spi.command.CommandSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DocsTest {
    @Test
    void everyCommandIsDocumentedWhereItSaysSo() throws IOException {
        FakeServer server = new FakeServer();
        assertEquals(23, server.specs.size());
        for (CommandSpec spec : server.specs.values()) {
            String field = "\n  \"" + spec.name() + "\": {\n    \"summary\": \"";
            assertTrue(resource(spec.docs()).contains(field), spec.name());
        }
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = GenericCommands.class.getClassLoader().getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
