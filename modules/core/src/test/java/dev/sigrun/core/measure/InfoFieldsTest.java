// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code INFO} has the reference's sections and fields, in its order, and beside them our own. */
final class InfoFieldsTest {
    private static final String FIELDS = "/dev/sigrun/core/info-fields.txt";

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private static List<String> recorded() throws IOException {
        try (InputStream in = InfoFieldsTest.class.getResourceAsStream(FIELDS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
        }
    }

    /** The titles and the names of fields, without those that only a command or a key brings. */
    private static List<String> shown(RespClient client) {
        String format = "txt:";
        String text =
                client.ask("INFO", "everything").text().substring(format.length())
                        + client.ask("INFO", "debug").text().substring(format.length());
        return text.lines()
                .map(line -> line.replaceFirst(":.*", ""))
                .filter(name -> !name.isEmpty() && !name.startsWith("sigrun_"))
                .filter(name -> !name.matches("(cmdstat|errorstat|latency_percentiles)_.*"))
                .filter(name -> !name.matches("db\\d+|module|engine_\\d+"))
                .toList();
    }

    @Test
    void fieldsAreThoseOfTheReference() throws IOException {
        try (RespClient client = SERVER.connect(3)) {
            List<String> expected = recorded();
            assertTrue(expected.size() > 200, () -> "fields: " + expected.size());
            assertEquals(String.join("\n", expected), String.join("\n", shown(client)));
        }
    }

    @Test
    void theOwnersLoadIsShown() {
        try (RespClient client = SERVER.connect(3)) {
            client.ask("PING");
            Set<String> names =
                    client.ask("INFO", "stats")
                            .text()
                            .lines()
                            .filter(line -> line.startsWith("sigrun_"))
                            .map(line -> line.replaceFirst(":.*", ""))
                            .collect(Collectors.toSet());
            assertEquals(
                    Set.of(
                            "sigrun_owner_lag_usec",
                            "sigrun_owner_lag_max_usec",
                            "sigrun_longest_command",
                            "sigrun_longest_command_usec"),
                    names);
        }
    }
}
